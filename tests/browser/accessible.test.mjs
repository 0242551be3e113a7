// Every page in light and dark, on a phone and a desk: no accessibility fault, nothing sideways, nothing
// from elsewhere.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertAccessible, assertNoSideways, DESK, doubleText, openBrowser, openContext, PHONE, PHOTO } from './browser.mjs'

const NARROW = { width: 320, height: 640 }
let browser
before(async () => (browser = await openBrowser()))
after(async () => browser?.close())

/** Goes through every page once and calls `look` on each. */
async function tour(context, look) {
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look(page, 'start')

  await page.goto('/?kind=neglected_house')
  await page.getByRole('button', { name: 'Meldung senden' }).click()
  await page.getByRole('alert').first().waitFor()
  await look(page, 'form with errors')

  await page.goto('/?kind=litter')
  await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(PHOTO)
  await page.getByRole('button', { name: 'Ja, der Ort stimmt' }).click()
  await page.getByText('Mehr dazu sagen').click()
  await look(page, 'form')
  await page.getByRole('button', { name: 'Meldung senden' }).click()
  const link = await page.getByRole('link', { name: 'Meldung ansehen' }).getAttribute('href')
  await look(page, 'after sending')

  await page.goto(link)
  await look(page, 'report page')
  await page.goto('/console/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look(page, 'console signed out')
  await page.getByRole('link', { name: 'Anmelden' }).click()
  await page.getByRole('button', { name: /Ordnungsamt/ }).first().click()
  await page.getByRole('article').or(page.locator('[data-row]')).first().waitFor()
  await look(page, 'console queue')
  await page.locator('[data-row]').first().click()
  await page.locator('#request-title').waitFor()
  await look(page, 'console request')

  await page.goto('/planner/')
  await page.locator('tbody tr').first().waitFor()
  await look(page, 'planner list')
  await page.locator('tbody a').first().click()
  await page.locator('#chosen-title').first().waitFor()
  await look(page, 'planner with a chosen request')
  await page.getByRole('link', { name: /nach Ortsteil, zwei Jahre/ }).first().click()
  await page.locator('tr[data-key]').first().waitFor()
  await page.getByText('In QGIS öffnen').click()
  await page.getByText('Als Tabelle').click()
  await look(page, 'planner figures')
  await page.close()
}

for (const viewport of [PHONE, DESK])
  for (const dark of [false, true])
    test(`every page is accessible at ${viewport.width} px in ${dark ? 'dark' : 'light'}`, async () => {
      const { context, faults } = await openContext(browser, { viewport, dark, serviceWorkers: 'block' })
      await tour(context, async (page, name) => {
        await assertAccessible(page, `${name}, ${viewport.width}, ${dark ? 'dark' : 'light'}`)
        await assertNoSideways(page, name)
      })
      assert.deepEqual(faults, [])
      await context.close()
    })

test('nothing reaches sideways at 320 px with text at 200 %', async () => {
  const { context } = await openContext(browser, { viewport: NARROW, serviceWorkers: 'block' })
  await tour(context, async (page, name) => {
    await doubleText(page)
    await assertNoSideways(page, `${name} at 200 %`)
  })
  await context.close()
})

test('nothing reaches sideways when the text runs from right to left', async () => {
  const { context } = await openContext(browser, { viewport: PHONE, serviceWorkers: 'block' })
  await tour(context, async (page, name) => {
    await page.evaluate(() => (document.documentElement.dir = 'rtl'))
    await assertNoSideways(page, `${name} from right to left`)
  })
  await context.close()
})

test('the map opens, its reports are all in the list, and nothing comes from elsewhere', async () => {
  const { context, faults } = await openContext(browser, { viewport: PHONE, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/')
  const listed = page.waitForResponse((answer) => answer.url().includes('/v1/requests?bbox='))
  await page.getByRole('button', { name: 'Auf der Karte zeigen' }).click()
  const { requests } = await (await listed).json()
  assert.ok(requests.length > 0, 'the demonstration data has reports')
  const references = requests.filter((one) => one.longitude !== null).map((one) => one.reference)
  await page.locator('.maplibregl-canvas').waitFor()
  for (const reference of references) await page.locator(`#request-${reference}`).waitFor()
  await assertAccessible(page, 'start with map')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a place can be chosen on the map with the keyboard alone', async () => {
  const { context, faults } = await openContext(browser, { viewport: PHONE, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/?kind=litter')
  await page.getByRole('button', { name: 'Auf der Karte', exact: true }).press('Enter')
  const take = page.getByRole('button', { name: 'Diesen Punkt nehmen' })
  await take.waitFor()
  await page.locator('.maplibregl-canvas').focus()
  await page.keyboard.press('ArrowUp')
  await take.press('Enter')
  await page.getByText('Von Ihnen auf der Karte gewählt.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('the queue is worked by keyboard', async () => {
  const { context } = await openContext(browser, { viewport: DESK, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/dev/staff')
  await page.getByRole('button', { name: /Ordnungsamt/ }).first().click()
  await page.locator('[data-row="1"]').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('#request-title').waitFor()
  await page.keyboard.press('n')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'note')
  await page.keyboard.press('Escape')
  await page.locator('#request-title').waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Arbeiten mit der Tastatur' }).waitFor()
  await assertAccessible(page, 'help')
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'search')
  await context.close()
})
