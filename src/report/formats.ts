import type { RunRecord } from '../record.js'
import type { TableLook } from './table-options.js'

/** A report: its whole text, or its pieces in order where the whole can be longer than a text of JavaScript may be. */
export type Text = string | Iterable<string>

/** A reporter is one function: a record to its text, which ends with a line feed. Only texts for people heed the look. */
type Render = (record: RunRecord, look: TableLook) => Text

interface Format {
  /** Files whose name ends so are written in it. */
  endings: readonly string[]
  /** Loaded when it is asked for: a run that prints a table needs no XML. */
  load(): Promise<Render>
}

/** Every format of a run, in the order in which help lists them. Adding one is a file in this folder and its line here. */
export const formats = {
  table: { endings: [], load: async () => (await import('./text.js')).renderReport },
  plain: { endings: ['.txt'], load: async () => (await import('./plain.js')).renderPlain },
  json: { endings: ['.json'], load: async () => (await import('./json.js')).renderJson },
  ndjson: { endings: ['.ndjson', '.jsonl'], load: async () => (await import('./ndjson.js')).renderNdjson },
  csv: { endings: ['.csv'], load: async () => (await import('./csv.js')).renderCsv },
  markdown: { endings: ['.md', '.markdown'], load: async () => (await import('./markdown.js')).renderMarkdown },
  html: { endings: ['.html', '.htm'], load: async () => (await import('./html/index.js')).renderHtml },
  junit: { endings: ['.xml'], load: async () => (await import('./junit.js')).renderJunit },
  prometheus: { endings: ['.prom'], load: async () => (await import('./prometheus.js')).renderPrometheus },
  nagios: { endings: [], load: async () => (await import('./nagios.js')).renderNagios },
  github: { endings: [], load: async () => (await import('./github.js')).renderGithub },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof formats

export const formatNames = Object.keys(formats).filter(isFormatName)

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}
