import { join } from 'node:path'
import { chromiumPath, NO_CHROMIUM } from '@ebb/browsers/chromium'
import * as nd from '@ebb/ndarray'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bigEndianNifti } from './nifti.ts'
import { type Lab, lastLine, picture, startLab } from './page.ts'

const found = chromiumPath()
if (!found) console.warn(NO_CHROMIUM)

describe.skipIf(!found)('the lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab()
  })
  afterAll(() => lab[Symbol.asyncDispose]())

  /** A page of its own for a test, which must end without complaints. */
  async function open(...options: Parameters<Lab['open']>): Promise<Page> {
    const page = await lab.open(...options)
    onTestFinished(async () => {
      await page.close()
      expect(lab.complaints.splice(0)).toEqual([])
    })
    return page
  }

  const row = (page: Page, name: string) =>
    page.locator('#shelf tr', { has: page.getByRole('rowheader', { name, exact: true }) })
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

  test('filters and scrolls a volume by the keyboard, and says how long it took', async () => {
    const page = await open()
    const caption = page.locator('#caption')
    const pictures = [await picture(page)]
    await page.getByRole('slider', { name: /^Threshold/ }).press('PageUp')
    await expect.poll(() => picture(page)).not.toBe(pictures[0])
    pictures.push(await picture(page))
    const before = await caption.textContent()
    await page.getByRole('slider', { name: /^Slice/ }).press('ArrowRight')
    await expect.poll(() => caption.textContent()).not.toBe(before)
    expect(pictures).not.toContain(await picture(page))
    await expect
      .poll(() => page.locator('#times-spoken').textContent())
      .toMatch(/^slice, filtered in .*\d ms/)
  })

  test('filters a volume of 512 × 512 × 100 whole, as the library does here', async () => {
    const page = await open()
    await press(page, 'The brain at 512 × 512 × 100')
    await row(page, 'largeBrain').waitFor()
    await press(page, 'Filter the whole volume')
    await row(page, 'largeBrainFiltered').waitFor()
    await expect
      .poll(() => page.locator('#times').textContent())
      .toMatch(/26,214,400 voxels, filtered in\s*[\d.<]+ ms/)
    await page.locator('#code').fill(`
      const { largeBrain, largeBrainFiltered } = arrays
      using want = nd.threshold(largeBrain, Number(document.getElementById('threshold').value), { mode: 'toZero' })
      print('equal', nd.arrayEqual(want, largeBrainFiltered))`)
    await press(page, 'Run')
    await expect.poll(() => page.locator('#log').textContent()).toContain('equal true')
  })

  test('makes, views and releases arrays, with their counts and where their bytes go', async () => {
    const page = await open()
    await page.getByLabel('Name').fill('big')
    await page.getByLabel('Shape').fill('1024, 1024')
    await press(page, 'Make')
    const references = row(page, 'big').locator('[data-column=references]')
    await expect.poll(() => references.textContent()).toMatch(/^1/)
    await press(page, 'Make a view of big')
    await expect.poll(() => references.textContent()).toMatch(/^2/)
    await press(page, 'Release big')
    expect(await lastLine(page)).toMatch(/still referred to/)
    await press(page, 'Release bigView')
    expect(await lastLine(page)).toMatch(/4\.00 MiB are free/)
    await expect.poll(() => page.locator('#map .dirty').count()).toBeGreaterThan(0)
    expect(await page.locator('#pager').textContent()).toMatch(/no way to give pages back/)
    await press(page, 'Check the invariants')
    expect(await lastLine(page)).toMatch(/every invariant/)
  })

  test('tells what is wrong, and goes on', async () => {
    const page = await open()
    await page.getByLabel('Shape').fill('100000, 100000')
    await press(page, 'Make')
    await expect.poll(() => lastLine(page)).toMatch(/^OutOfMemoryError: cannot allocate/)
    await page.getByLabel('Code').fill('throw new RangeError("by hand")')
    await page.getByLabel('Code').press('Control+Enter')
    await expect.poll(() => lastLine(page)).toMatch(/RangeError: by hand/)
    await page.getByLabel('Code').fill('return { a: nd.ones(3) }')
    await press(page, 'Run')
    await row(page, 'a').waitFor()
  })

  test('frees cycles by hand and by itself, generation by generation', async () => {
    const page = await open()
    await press(page, 'Make a cycle')
    await press(page, 'Collect 2')
    await expect.poll(() => lastLine(page)).toMatch(/generation 2: 2 lists freed/)
    await page.getByLabel('Example').selectOption('Cycles and generations')
    await press(page, 'Run')
    await expect.poll(() => lastLine(page)).toMatch(/the script took/)
    expect(await page.locator('#generations article').first().textContent()).toMatch(/collections\s*[1-9]/)
  })

  test('runs every example without a complaint', async () => {
    const page = await open()
    const examples = page.getByLabel('Example')
    for (const name of await examples.locator('option').allTextContents()) {
      await examples.selectOption(name)
      await press(page, 'Run')
      await expect.poll(() => lastLine(page), { timeout: 20_000 }).toMatch(/the script took/)
      await page.locator('#log').evaluate(log => log.querySelector('.done')?.remove())
    }
    expect(await page.locator('#log .failed').count()).toBe(0)
  })

  test('opens .npy, NIfTI of either byte order, and images', async () => {
    const page = await open()
    using array = nd.arange(0, 24, 1, { dtype: 'int16' }).reshape([2, 3, 4])
    const png = await page.locator('#slice').screenshot()
    const files = [
      { name: 'numbers.npy', mimeType: '', buffer: Buffer.from(nd.toNpy(array)) },
      {
        name: 'scan 1.nii',
        mimeType: '',
        buffer: bigEndianNifti([4, 3, 2], Int16Array.from(array.toTypedArray())),
      },
      { name: 'picture.png', mimeType: 'image/png', buffer: png },
    ]
    await page.getByLabel('Open PNG').setInputFiles(files)
    await row(page, 'picture').waitFor()
    expect(await row(page, 'picture').textContent()).toContain('uint8')
    await page.getByLabel('Code').fill(`
      const { numbers, scan_1 } = arrays
      print('turned', nd.arrayEqual(numbers.slice('::-1', '::-1'), scan_1))`)
    await press(page, 'Run')
    await expect.poll(() => page.locator('#log').textContent()).toContain('turned true')
  })

  describe.each([360, 1440])('at a width of %i', width => {
    test.each(['light', 'dark'] as const)('fits, and is accessible, when %s', async colorScheme => {
      const page = await open({ viewport: { width, height: 900 }, colorScheme })
      await press(page, 'Make 100')
      await press(page, 'Make')
      await row(page, 'a').waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
      expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([])
      const { EBB_SCREENSHOTS } = process.env
      if (EBB_SCREENSHOTS) {
        await page.screenshot({
          path: join(EBB_SCREENSHOTS, `lab-${width}-${colorScheme}.png`),
          fullPage: true,
        })
      }
    })
  })
})
