// The planner's page: one click, the figures of the API, an address that keeps everything, and what can be taken along.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { assertAccessible, BASE, DESK, openBrowser, openContext, PHONE } from './browser.mjs'

const QUESTION = /^Müll und Sauberkeit nach Ortsteil, zwei Jahre$/
let browser
before(async () => (browser = await openBrowser()))
after(async () => browser?.close())

async function open(path = '/planner/', { viewport = DESK, ...options } = {}) {
  const { context, faults } = await openContext(browser, { viewport, serviceWorkers: 'block', ...options })
  const page = await context.newPage()
  await page.goto(path)
  return { context, page, faults }
}

/** A filter by its name. */
const choice = (page, name) => page.getByRole('combobox', { name, exact: true })

/** Asks the prepared question and waits for its ranking. */
async function ask(page) {
  await page.getByRole('link', { name: QUESTION }).first().click()
  await page.locator('tr[data-key]').first().waitFor()
}

/** The ranking as the page shows it: name, count, per 1,000 inhabitants. */
function ranking(page) {
  return page.locator('tbody tr').filter({ has: page.locator('svg') }).evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.cells].map((cell) => cell.innerText.trim())
      return [cells[1].split('\n')[0], cells[2], cells[4]]
    }),
  )
}

async function figures(query) {
  const answer = await fetch(`${BASE}/v1/statistics/requests?${query}`, { headers: { 'accept-language': 'de' } })
  assert.equal(answer.status, 200)
  return answer.json()
}

test('one click ranks the districts, with the very numbers of the API', async () => {
  const { context, page, faults } = await open()
  await ask(page)
  const { rows, total } = await figures('by=district&service_group=litter')
  const one = new Intl.NumberFormat('de', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const whole = new Intl.NumberFormat('de')
  const expected = rows.map(({ name, count, per_1000 }) => [name, whole.format(count), per_1000 === null ? '–' : one.format(per_1000)])
  assert.deepEqual(await ranking(page), expected)
  assert.ok(rows.length >= 9 && total > 0, 'every district is in the ranking')
  await page.getByRole('status').filter({ hasText: `${whole.format(total)} Meldungen` }).waitFor()
  await page.getByText('Die Grenzen der Ortsteile sind nicht amtlich').waitFor()

  await page.getByRole('button', { name: 'je 1.000 Personen' }).click()
  await page.waitForURL(/sort=per_1000/)
  const byPeople = rows.filter((row) => row.key).sort((a, b) => b.per_1000 - a.per_1000).map((row) => row.name)
  assert.deepEqual((await ranking(page)).map(([name]) => name).slice(0, byPeople.length), byPeople)
  assert.deepEqual(faults, [])
  await context.close()
})

test('the address keeps the question: a copied link shows the same, and the way back leads back', async () => {
  const { context, page } = await open('/planner/', { permissions: ['clipboard-read', 'clipboard-write'] })
  await ask(page)
  const counted = page.waitForResponse((answer) => answer.url().includes('/v1/statistics/requests'))
  await choice(page, 'Zeitraum').selectOption({ label: 'Letzte zwölf Monate' })
  await (await counted).finished()
  await page.waitForURL(/period=12m/)
  await page.getByRole('button', { name: 'Link kopieren' }).click()
  await page.getByText('Link kopiert.').waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  const shown = await ranking(page)
  await page.goBack()
  await page.waitForURL((url) => !url.search.includes('period'))
  assert.equal(await choice(page, 'Zeitraum').inputValue(), '24m')
  assert.equal(await choice(page, 'Bereich').inputValue(), 'litter')

  const other = await open(link)
  await other.page.locator('tr[data-key]').first().waitFor()
  assert.deepEqual(await ranking(other.page), shown)
  assert.equal(await choice(other.page, 'Zeitraum').inputValue(), '12m')
  await other.context.close()
  await context.close()
})

test('the table can be taken along as a file that a German spreadsheet opens', async () => {
  const { context, page } = await open()
  await ask(page)
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Tabelle (CSV)' }).click()
  const download = await waiting
  assert.match(download.suggestedFilename(), /^Meldungen-nach-Ortsteil_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/)
  const text = readFileSync(await download.path(), 'utf8')
  assert.ok(text.startsWith('\u{feff}Ortsteil;Schlüssel;Meldungen;'), text.slice(0, 80))
  const inFile = text.trim().split('\r\n').slice(1).map((line) => line.split(';')).map(([name, , count]) => [name, Number(count)])
  const { rows } = await figures('by=district&service_group=litter')
  assert.deepEqual(inFile, rows.map(({ name, count }) => [name, count]))
  await context.close()
})

test('QGIS is told an address under which the collection is', async () => {
  const { context, page } = await open()
  await ask(page)
  await page.getByText('In QGIS öffnen').click()
  const address = await page.getByLabel('Adresse der Verbindung').inputValue()
  assert.equal(address, `${new URL(page.url()).origin}/ogc`)
  const { collections } = await (await fetch(`${address}/collections?f=json`)).json()
  assert.ok(collections.some((one) => one.id === 'requests'))
  await context.close()
})

test('the list holds what the map holds, and a row that is chosen is marked and shown', async () => {
  const { context, page, faults } = await open('/planner/?service_group=litter')
  await page.locator('.maplibregl-canvas').waitFor()
  const first = page.locator('tbody a').first()
  await first.waitFor()
  const items = await (await fetch(`${BASE}/ogc/collections/requests/items?service_group=litter&limit=1`, { headers: { accept: 'application/geo+json' } })).json()
  await page.getByText(items.features[0].properties.reference).first().waitFor()
  await first.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`request=${items.features[0].id}`))
  await page.getByText('Gewählte Meldung').first().waitFor()
  assert.equal(await first.getAttribute('aria-current'), 'true')
  const [longitude, latitude] = items.features[0].geometry.coordinates
  await page.waitForURL((url) => {
    const [zoom, north, east] = (url.searchParams.get('map') ?? '0/0/0').split('/').map(Number)
    return zoom >= 16 && Math.abs(north - latitude) < 0.001 && Math.abs(east - longitude) < 0.001
  })
  assert.deepEqual(faults, [])
  await context.close()
})

test('on a phone the map is fetched only when it is opened', async () => {
  const { context, page, faults } = await open('/planner/', { viewport: PHONE })
  await page.locator('tbody a').first().waitFor()
  await page.waitForLoadState('networkidle')
  assert.equal(await page.locator('.maplibregl-canvas').count(), 0)
  const tile = context.waitForEvent('request', (request) => request.url().includes('/ogc/collections/requests/tiles/WebMercatorQuad/'))
  await page.getByRole('tab', { name: 'Liste' }).press('ArrowLeft')
  await page.locator('.maplibregl-canvas').waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-map')
  await tile
  await assertAccessible(page, 'planner with map on a phone')
  assert.deepEqual(faults, [])
  await context.close()
})
