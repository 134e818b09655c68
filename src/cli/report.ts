import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { addReportOptions, colorIo, type ReportFlags, toReports } from './report-options.js'

interface RunReportFlags extends ReportFlags {
  checks?: string
}

export function addReport(program: Command, io: CommandIo): void {
  addReportOptions(program.command('report'))
    .argument(
      '<run>',
      t`what '--format json' printed, as it was judged then; or captures, judged by the rules of today`,
    )
    .description(t`turn a run of before into another format`)
    .option('--checks <folder>', t`the modules that took part in the check, for captures`)
    .addHelpText('after', () => examples())
    .action(async (run: string, { checks, ...flags }: RunReportFlags) => {
      const { runReport } = await import('../commands/report.js')
      const options = { run, reports: toReports(flags), ...(checks !== undefined && { checks }) }
      process.exitCode = await runReport(options, colorIo(io, flags))
    })
}

function examples(): string {
  return t`
Formats, and the endings of files that mean them:
  table       for a person at a terminal
  plain       .txt            for a screen reader and for grep: one statement a line
  json        .json           the record, by record.schema.json
  ndjson      .ndjson .jsonl  a line a host ({"kind":"host",…}), as soon as it is done with, and one for the
                              run ({"kind":"run",…}), by record-line.schema.json
  csv         .csv            a row a host, for spreadsheets; a text that would be a formula has a ' in front
  markdown    .md .markdown   for a pull request or a chat
  html        .html .htm      one file for the browser
  junit       .xml            for CI: a test case a host; broken and degraded fail
  prometheus  .prom           for node_exporter's textfile collector
  nagios                      a plugin's output; printed, it has a plugin's exit codes, too
  github                      annotations, printed in a step of GitHub Actions

Examples:
  fleetdx report run.json                                  the report of a run that was kept
  fleetdx report monday --output report.html --output json:run.json
  fleetdx report run.json --format markdown >>"$GITHUB_STEP_SUMMARY"
  fleetdx report run.json --output prometheus:/var/lib/prometheus/node-exporter/fleetdx.prom

The exit code is that of the check: 0 healthy, 1 degraded or broken, 3 unreachable or unknown; 2 for a mistake.
With nagios on standard output: 0 OK, 1 WARNING (degraded), 2 CRITICAL (broken), 3 UNKNOWN.`
}
