import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chartsOf } from '../../src/report/html/page-rows.ts'
import { browserIsMissing } from '../support/open-browser.ts'
import { FIXTURES, HOSTILE } from '../support/report-fixture.ts'
import { makeFixturePages } from './fixture-pages.ts'
import type { FixturePages } from './fixture-pages.ts'
import { INK, OVERFLOW, UNFOLD } from './open-page.ts'

/** Runs in the page: pixels of a chart that have exactly the colour of that name. */
const COUNT_PIXELS = `(index, name) => {
  const probe = document.createElement('canvas').getContext('2d');
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  const canvas = document.querySelector('#chart-' + index + ' canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) count += 1;
  }
  return count;
}`

/** Runs in the page: pixels of a chart that are orange, whatever the shade. */
const COUNT_WARM = `index => {
  const canvas = document.querySelector('#chart-' + index + ' canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] - data[i + 2] > 60) count += 1;
  return count;
}`

const pixels = (page: Page, chart: number, colour: string): Promise<number> =>
  page.evaluate(`(${COUNT_PIXELS})(${chart}, '${colour}')`)

describe.skipIf(browserIsMissing())('the page of a report in a real browser', () => {
  let pages: FixturePages
  beforeAll(async () => {
    pages = await makeFixturePages()
  })
  afterAll(() => pages?.close())

  /** Place of a chart on the launch report's page, by its title. */
  const numberOf = (title: string): number =>
    chartsOf(pages.views['launch']!).findIndex(({ chart }) => chart.title === title)

  describe.each(Object.keys(FIXTURES))('%s', name => {
    test.each([400, 1280, 1920])(
      'opens at %i px without error, request or overflow, folded or not, and draws',
      async width => {
        const { page, complaints } = await pages.open(name, { width })
        const ink = await page.evaluate<number[]>(INK)
        expect(ink).toHaveLength(chartsOf(pages.views[name]!).length)
        for (const drawn of ink) expect(drawn).toBeGreaterThan(500)
        expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(width)
        await page.evaluate(UNFOLD)
        expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(width)
        expect(complaints).toEqual([])
        await page.close()
      },
    )
  })

  test('verdict and the three numbers stand on the first screen, on a phone too', async () => {
    for (const width of [400, 1280]) {
      const { page } = await pages.open('launch', { width })
      const bottom = `Math.max(...[...document.querySelectorAll('.verdict, .number')].map(
        one => one.getBoundingClientRect().bottom))`
      expect(await page.evaluate(bottom)).toBeLessThan(900)
      await page.close()
    }
  })

  test('the charts show good answers, 502, percentiles and the heat map in their colours', async () => {
    const { page } = await pages.open('launch')
    expect(await pixels(page, numberOf('Good answers against load'), 'good')).toBeGreaterThan(100)
    expect(await pixels(page, numberOf('Statuses against load'), 's502')).toBeGreaterThan(100)
    expect(await pixels(page, numberOf('Response time against load'), 'p99')).toBeGreaterThan(100)
    expect(await pixels(page, numberOf('Response time by percentile'), 'whole')).toBeGreaterThan(100)
    // The lines above the shades are blue and purple.
    expect(
      await page.evaluate(`(${COUNT_WARM})(${numberOf('How response times spread over time')})`),
    ).toBeGreaterThan(5000)
    await page.close()
  })

  test('the charts are drawn anew when the screen turns dark', async () => {
    const { page } = await pages.open('launch')
    const good = 'getComputedStyle(document.documentElement).getPropertyValue("--good")'
    const light = await page.evaluate(good)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await page.evaluate(good)).not.toBe(light)
    await expect.poll(() => pixels(page, numberOf('Good answers against load'), 'good')).toBeGreaterThan(100)
    await page.close()
  })

  test('the charts follow the width of the window', async () => {
    const { page } = await pages.open('launch')
    await page.setViewportSize({ width: 400, height: 900 })
    const follow = `[...document.querySelectorAll('.plot')].every(
      one => one.querySelector('.uplot').clientWidth <= one.clientWidth)`
    await expect.poll(() => page.evaluate(follow)).toBe(true)
    expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(400)
    await page.close()
  })

  test('a name below a chart shows what was hidden, by keyboard as well', async () => {
    const { page } = await pages.open('launch')
    const chart = numberOf('Statuses against load')
    const key = page.locator(`#keys-${chart} button`, { hasText: '200' })
    expect(await pixels(page, chart, 'good')).toBeLessThan(100)
    expect(await key.getAttribute('aria-pressed')).toBe('false')
    await key.press('Enter')
    await expect.poll(() => pixels(page, chart, 'good')).toBeGreaterThan(100)
    expect(await key.getAttribute('aria-pressed')).toBe('true')
    await page.close()
  })

  test('arrow keys read one moment in all charts over time at once', async () => {
    const { page } = await pages.open('launch')
    await page.focus(`#chart-${numberOf('Rates over time')}`)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    // The second window of a second has its middle at 1.5 s; the warm-up offers 50/s.
    for (const title of ['Rates over time', 'Response time over time', 'How response times spread over time'])
      expect(await page.locator(`#keys-${numberOf(title)} .at`).textContent()).toBe('at 1.5')
    expect(await page.locator(`#keys-${numberOf('Rates over time')}`).textContent()).toContain('offered50')
    await page.keyboard.press('Escape')
    expect(await page.locator(`#keys-${numberOf('Rates over time')} .at`).textContent()).toBe('')
    await page.close()
  })

  test('dragging across a chart enlarges that stretch in all charts over time', async () => {
    const { page } = await pages.open('launch')
    const [rates, times] = [numberOf('Rates over time'), numberOf('Response time over time')]
    const before = await page.locator(`#chart-${times} canvas`).screenshot()
    const over = page.locator(`#chart-${rates} .u-over`)
    await over.scrollIntoViewIfNeeded()
    const box = (await over.boundingBox())!
    await page.mouse.move(box.x + 50, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + 150, box.y + 50, { steps: 4 })
    await page.mouse.up()
    await page.mouse.move(0, 0)
    await expect
      .poll(async () => before.equals(await page.locator(`#chart-${times} canvas`).screenshot()))
      .toBe(false)
    await page.close()
  })

  test('names, answers and reasons from outside are shown and never carried out', async () => {
    const { page, complaints } = await pages.open('hostile')
    await page.evaluate(UNFOLD)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('img, iframe, link, object, embed, form').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(3)
    const text = await page.evaluate<string>('document.body.innerText')
    expect(text).toContain(HOSTILE.slice(0, 60))
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the policy of the page stops scripts and handlers that are not its own', async () => {
    const { page, complaints } = await pages.open('launch')
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<p id="bait" onclick="window.hacked = 2">bait</p>');
      document.getElementById('bait').click();
    }`)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(complaints.filter(text => text.includes('Content Security Policy')).length).toBeGreaterThan(1)
    await page.close()
  })
})
