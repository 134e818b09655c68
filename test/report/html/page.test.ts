import axeCore from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setLanguage } from '../../../src/language/language.js'
import { renderHtml } from '../../../src/report/html/index.js'
import { type OpenedPage, openFile, startBrowser } from '../../support/browser.js'
import { runRecord } from '../../support/record.js'
import { hostileFleet, manyHosts } from './fleet.js'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

let opened: OpenedPage[] = []
afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  opened = []
})

async function open(...[html, options]: Parameters<typeof openFile> extends [Browser, ...infer Rest] ? Rest : never) {
  const one = await openFile(browser, html, options)
  opened.push(one)
  return one
}

const rows = (page: Page) => page.locator('#hosts tbody tr:visible')
/** Opens every block of the page, and waits until they are filled. */
async function openAll(page: Page) {
  await page.locator('details.cluster').evaluateAll((blocks) => {
    for (const block of blocks) block.setAttribute('open', '')
  })
  await page.waitForFunction(() => document.querySelector('details.cluster > summary:only-child') === null)
}

const names = (page: Page) => page.locator('#hosts tbody th').allTextContents()

describe('the page', () => {
  it('tells the fleet, what is wrong, when, the differences and all hosts, and asks nobody for anything', async () => {
    const { page, misdeeds } = await open(renderHtml(manyHosts(40)))
    expect(await page.title()).toBe('1 of 40 hosts broken · fleetdx')
    expect(await page.locator('h1').textContent()).toBe('1 of 40 hosts broken')
    expect(await page.locator('h2:visible').allTextContents()).toEqual([
      'The fleet',
      'What is wrong',
      'How it came',
      'Differences',
      'All hosts',
    ])
    expect(await page.locator('.cell').count()).toBe(40)
    expect(await rows(page).count()).toBe(40)
    expect(await page.locator('.chip').allTextContents()).toEqual([
      '✖1broken',
      '⊘1unreachable',
      '?1unknown',
      '▲1degraded',
      '✔36healthy',
    ])
    expect(misdeeds).toEqual([])
  })

  it('has a policy that lets only its own script and style act', () => {
    const html = renderHtml(manyHosts(3))
    expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'$/,
    )
    expect(html).not.toMatch(/\b(?:src|href)="(?!data:,)/)
  })

  it('tells of an empty run, and of a healthy one', async () => {
    const empty = await open(renderHtml(runRecord([])))
    expect(await empty.page.locator('h1').textContent()).toBe('No host was looked at')
    const healthy = manyHosts(3)
    const { page, misdeeds } = await open(renderHtml(healthy))
    expect(await page.locator('h1').textContent()).toBe('All 3 hosts are healthy')
    expect(await page.locator('#wrong').count()).toBe(0)
    expect([...empty.misdeeds, ...misdeeds]).toEqual([])
  })
})

describe('a host of the page', () => {
  it('opens from its cell, with its verdict, path, evidence, commands and events; Escape closes it', async () => {
    const { page, misdeeds } = await open(renderHtml(manyHosts(40)))
    await page.locator('.cell', { hasText: 'web0004' }).click()
    const sheet = page.locator('dialog')
    expect(await sheet.locator('h2').textContent()).toBe('web0004')
    expect(await sheet.locator('.link.broken .label').allTextContents()).toEqual([
      '127.0.0.1:3000',
      'node 4001',
      'pm2 classrooom',
      'build',
      'answer',
    ])
    expect(await sheet.locator('.remedy code').first().textContent()).toBe(
      "sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
    )
    expect(await sheet.locator('.events li').last().textContent()).toBe(
      '09:00:36412× nginx: connect refused (127.0.0.1:3000), until 09:58:23 (or before)/var/log/nginx/error.log',
    )
    expect(await sheet.locator('.bars li').allTextContents()).toEqual(['connect-refused130', 'closed-early2'])
    await page.keyboard.press('Escape')
    expect(await sheet.isVisible()).toBe(false)
    await expect.poll(() => new URL(page.url()).hash).toBe('')
    expect(misdeeds).toEqual([])
  })

  it('is found by its address, and the next one from there', async () => {
    const { page } = await open(renderHtml(manyHosts(40)), { hash: '#host=web0004' })
    const title = page.locator('dialog h2')
    expect(await title.textContent()).toBe('web0004')
    await page.getByRole('button', { name: 'Next host' }).click()
    expect(await title.textContent()).toBe('db0006')
    await page.goBack()
    expect(await title.textContent()).toBe('web0004')
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await page.locator('dialog').isVisible()).toBe(false)
  })

  it('that is not in the run is said to be none', async () => {
    const { page, misdeeds } = await open(renderHtml(manyHosts(3)), { hash: '#host=%3Cb%3Enope%E0%A4' })
    expect(await page.locator('dialog p').textContent()).toBe('This run has no host %3Cb%3Enope%E0%A4.')
    expect(misdeeds).toEqual([])
  })

  it('has its commands copied whole', async () => {
    const { page } = await open(renderHtml(manyHosts(40)), { permissions: ['clipboard-read', 'clipboard-write'] })
    const command = page.locator('#wrong .remedy .command').first()
    await command.getByRole('button').click()
    await command.getByText('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
    )
  })

  it('has its commands selected where the clipboard is out of reach', async () => {
    const { page } = await open(renderHtml(manyHosts(40)))
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const command = page.locator('#wrong .remedy .command').first()
    await command.getByRole('button').click()
    await command.getByText('Selected: copy with Ctrl+C').waitFor()
    expect(await page.evaluate(() => String(getSelection()))).toBe(
      "sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
    )
  })
})

describe('the table', () => {
  it('is sorted by a column, upwards, downwards, and as it was', async () => {
    const { page } = await open(renderHtml(manyHosts(12)))
    const first = await names(page)
    const head = page.getByRole('columnheader', { name: 'Host' })
    const press = () => head.getByRole('button').click()
    await press()
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect((await names(page)).slice(0, 3)).toEqual(['api0002', 'api0005', 'api0008'])
    await press()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect((await names(page)).slice(0, 3)).toEqual(['web0010', 'web0007', 'web0004'])
    await press()
    expect(await head.getAttribute('aria-sort')).toBeNull()
    expect(await names(page)).toEqual(first)
  })

  it('shows only hosts with a text, of a status, of a group, and with a cause; the grid dims the others', async () => {
    const { page } = await open(renderHtml(manyHosts(200)))
    const count = page.locator('output')
    await page.getByLabel('Search').fill('BUILD missing')
    expect(await count.textContent()).toBe('4 of 200 hosts')
    expect(await page.locator('.cell:not(.off)').count()).toBe(4)
    await page.getByLabel('Group').selectOption('web')
    expect(await names(page)).toEqual(['web0004', 'web0154'])
    await page.getByRole('button', { name: 'Reset' }).click()
    expect(await count.textContent()).toBe('200 of 200 hosts')
    await page.getByLabel('Cause').selectOption('disk-full')
    expect(await names(page)).toEqual(['api0008', 'db0069', 'web0130', 'api0191'])
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: /unreachable/ }).click()
    expect(await page.getByRole('combobox', { name: 'Status' }).inputValue()).toBe('unreachable')
    expect(await rows(page).count()).toBe(3)
    await page.getByLabel('Search').fill('nothing like it')
    expect(await page.getByText('No host matches.').isVisible()).toBe(true)
  })
})

describe('the keyboard', () => {
  it('gets to the hosts past all else, and through the grid by arrows', async () => {
    const { page } = await open(renderHtml(manyHosts(40)))
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to the hosts')
    await page.locator('.cell').first().focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('api0005: healthy')
    expect(await page.locator('.peek').textContent()).toBe('api0005: healthy')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('api0002: healthy')
    await page.keyboard.press('End')
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('web0040: healthy')
    await page.keyboard.press('Enter')
    expect(await page.locator('dialog h2').textContent()).toBe('web0040')
    await page.keyboard.press('Escape')
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('web0040: healthy')
    expect(await page.locator('.cell[tabindex="0"]').count()).toBe(1)
  })
})

describe('what hosts say', () => {
  const payloads = [
    '</script><script>alert(1)</script>',
    '<img src=x onerror=alert(2)>',
    '"\' onmouseover="alert(3)" <svg/onload=alert(4)>',
    ']]>--><style>*{display:none}</style>',
    'javascript:alert(5)//\u2028\u202e&lt;b&gt;',
  ]
  it.each(payloads)('never becomes more than text: %s', async (payload) => {
    const html = renderHtml(hostileFleet(payload))
    const { page, misdeeds } = await open(html, { hash: `#host=${encodeURIComponent(`web1${payload}`)}` })
    expect(await page.locator('dialog h2').textContent()).toBe(`web1${payload}`)
    expect(await page.locator('dialog .remedy code').first().textContent()).toBe(payload)
    await page.keyboard.press('Escape')
    await openAll(page)
    for (const part of await page.locator('summary:visible').all()) await part.hover()
    await page.locator('.cell').first().hover()
    expect(await page.locator('script').count()).toBe(2)
    expect(await page.locator('img, iframe, object, style ~ style, body style').count()).toBe(0)
    expect(
      await page
        .locator('a')
        .evaluateAll((links) => links.filter((a) => !a.getAttribute('href')?.startsWith('#')).length),
    ).toBe(0)
    expect(misdeeds).toEqual([])
  })

  it('stays text without scripts', async () => {
    const { page, misdeeds } = await open(renderHtml(hostileFleet('</noscript><img src=x onerror=alert(1)>')), {
      javaScriptEnabled: false,
    })
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('noscript table').textContent()).toContain('</noscript><img src=x onerror=alert(1)>')
    expect(misdeeds).toEqual([])
  })
})

/** As the page has it. */
declare const axe: typeof axeCore

describe('for everybody', () => {
  async function findBarriers(page: Page): Promise<string[]> {
    await page.evaluate(axeCore.source)
    return page.evaluate(async () => {
      const { violations } = await axe.run(document, { resultTypes: ['violations'] })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      )
    })
  }

  it.each(['light', 'dark'] as const)(
    'axe-core finds no barrier in %s, on the page and in the details',
    async (colorScheme) => {
      const { page } = await open(renderHtml(manyHosts(60)), { colorScheme, reducedMotion: 'reduce' })
      await openAll(page)
      expect(await findBarriers(page)).toEqual([])
      await page.evaluate(() => location.assign('#host=web0004'))
      await page.locator('dialog .remedy').waitFor()
      expect(await findBarriers(page)).toEqual([])
    },
  )

  it('can be switched to dark and back', async () => {
    const { page } = await open(renderHtml(manyHosts(3)), { colorScheme: 'light' })
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await paper()
    await page.getByRole('button', { name: 'Dark' }).click()
    expect(await paper()).not.toBe(light)
    await page.getByRole('button', { name: 'Light' }).click()
    expect(await paper()).toBe(light)
  })

  it.each([360, 768])('fits %i pixels without scrolling sideways', async (width) => {
    const { page } = await open(renderHtml(manyHosts(60)), { viewport: { width, height: 740 }, hash: '#host=web0004' })
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await overflow()).toBe(0)
    expect(await page.locator('.sheet-body').evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0)
    await page.keyboard.press('Escape')
    expect(await overflow()).toBe(0)
  })

  it('shows a table without scripts', async () => {
    const { page } = await open(renderHtml(manyHosts(40)), { javaScriptEnabled: false })
    expect(await page.locator('h1').textContent()).toBe('1 of 40 hosts broken')
    expect(await page.locator('noscript tbody tr').allTextContents()).toEqual(
      [
        "web0004brokenclassrooom has no production build in /home/deploy/classrooom/.next, so next start ends at oncenext-build-missingsudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
        'db0006unreachableno SSH session: the login was refused',
        'web0010unknownno right to see the processes',
        "api0008degraded/var is 97 % fulldisk-fullsudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
      ].map((text) => expect.stringContaining(text)),
    )
    expect(await page.locator('noscript').textContent()).toContain('Healthy: 36 of 40')
  })

  it('has everything open on paper, and the details of the hosts that were filtered for', async () => {
    const { page } = await open(renderHtml(manyHosts(200)))
    await page.getByRole('combobox', { name: 'Status' }).selectOption('broken')
    await page.emulateMedia({ media: 'print' })
    await page.locator('#paper article').first().waitFor()
    expect(await page.locator('details:not([open])').count()).toBe(0)
    expect(await page.locator('#paper h2').allTextContents()).toEqual(['web0004', 'db0054', 'api0104', 'web0154'])
    expect(await page.locator('.copy:visible, .filter:visible').count()).toBe(0)
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000)
  })

  it('speaks Chinese', async () => {
    await setLanguage('zh')
    const record = { ...manyHosts(40), language: 'zh' as const }
    const html = renderHtml(record)
    await setLanguage('en')
    const { page, misdeeds } = await open(html)
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.locator('h1').textContent()).toBe('40 台主机中有 1 台故障')
    const labels = await page.locator('[aria-label]').evaluateAll((all) => all.map((each) => each.ariaLabel ?? ''))
    const said = [...labels, ...(await page.locator('p, td, li').allTextContents())]
    expect(said.filter((text) => /\p{Script=Han}[.;,:] |[。；，：] /u.test(text))).toEqual([])
    expect(await page.locator('h2:visible').allTextContents()).toEqual([
      '主机总览',
      '问题',
      '发生经过',
      '差异',
      '全部主机',
    ])
    expect(misdeeds).toEqual([])
  })
})

describe('a fleet of 5,000 hosts', () => {
  it('has a cell for each, rows as they are needed, and the details of any', async () => {
    const html = renderHtml(manyHosts(5000))
    expect(html.length).toBeLessThan(4_000_000)
    const { page, misdeeds } = await open(html)
    expect(await page.locator('.cell').count()).toBe(5000)
    const atFirst = await page.locator('#hosts tbody tr').count()
    expect(atFirst).toBeLessThan(1000)
    await page.locator('.more').scrollIntoViewIfNeeded()
    await page.waitForFunction((before) => document.querySelectorAll('#hosts tbody tr').length > before, atFirst)
    await page.getByLabel('Search').fill('web4997')
    expect(await page.locator('output').textContent()).toBe('0 of 5000 hosts')
    await page.getByLabel('Search').fill('api4997')
    await page.locator('#hosts tbody a').click()
    expect(await page.locator('dialog h2').textContent()).toBe('api4997')
    expect(misdeeds).toEqual([])
  })
})
