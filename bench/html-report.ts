import { renderHtml } from '../src/report/html/index.js'
import { manyHosts } from '../test/report/html/fleet.js'
import { openFile, startBrowser } from '../test/support/browser.js'

// How long the page takes: to be made, and from the start of its loading in Chromium until it is drawn.
const browser = await startBrowser()
try {
  for (const count of [100, 1000, 5000, 10_000]) {
    const record = manyHosts(count)
    const startMs = performance.now()
    const html = renderHtml(record)
    const madeMs = performance.now() - startMs
    const { page, close } = await openFile(browser, html)
    const drawnMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
        ),
    )
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`.padStart(8)
    const megabytes = (html.length / 1e6).toFixed(2).padStart(6)
    console.log(
      `${`${count}`.padStart(6)} hosts: made in ${seconds(madeMs)}, ${megabytes} MB, drawn after ${seconds(drawnMs)}`,
    )
    await close()
  }
} finally {
  await browser.close()
}
