import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { installPackage } from './packages.js'

const program = '/usr/bin/chromium'

/** The system's Chromium, that asks nothing of the network by itself. */
export async function startBrowser(): Promise<Browser> {
  installPackage('chromium', program)
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  return chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
  })
}

/** A page that was opened from disk, and what it did that no report may do. */
export interface OpenedPage {
  page: Page
  /** Requests beyond the file itself, errors, what the policy of the page kept from happening, and dialogs. */
  misdeeds: string[]
  close(): Promise<void>
}

/** Opens a file with this text in a window of its own, with an address that may have a hash. */
export async function openFile(
  browser: Browser,
  html: string,
  { hash = '', ...options }: BrowserContextOptions & { hash?: string } = {},
): Promise<OpenedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'fleetdx-page-'))
  const file = join(folder, 'report.html')
  writeFileSync(file, html)
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const misdeeds: string[] = []
  const address = pathToFileURL(file).href
  page.on('request', (request) => {
    const [url] = request.url().split('#')
    if (url !== address && !url?.startsWith('data:,')) misdeeds.push(`request ${request.url()}`)
  })
  page.on('console', (message) => misdeeds.push(`console ${message.type()}: ${message.text()}`))
  page.on('pageerror', ({ message }) => misdeeds.push(`error: ${message}`))
  page.on('dialog', (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.log('policy', event.violatedDirective))
  })
  await page.goto(address + hash)
  const close = async () => {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { page, misdeeds, close }
}
