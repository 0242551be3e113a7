// The story of docs/demo.md, step by step, against a running server with demonstration data: Monday, 7:40.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertAccessible, assertNoSideways, BASE, DESK, openBrowser, openContext, PHONE } from './browser.mjs'

const BEFORE = new URL('./fixtures/container_before.jpg', import.meta.url).pathname
const AFTER = new URL('./fixtures/container_after.jpg', import.meta.url).pathname
/** In the neighbouring city, far from the border. */
const BOTTROP = { longitude: 6.9286, latitude: 51.5236 }
/** What the container sites carry: a printed code that leads to the form for them. */
const FORM = '/?kind=container_site'

let browser
let desk
const story = {}

before(async () => (browser = await openBrowser()))
after(async () => {
  await desk?.context.close()
  await browser?.close()
})

const api = async (path, options) => {
  const answer = await fetch(`${BASE}${path}`, options)
  return { status: answer.status, body: await answer.json().catch(() => null) }
}

/** A phone that knows where it is. */
async function phone(place, options = {}) {
  const { context, faults } = await openContext(browser, {
    viewport: PHONE,
    serviceWorkers: 'block',
    geolocation: { longitude: place.longitude, latitude: place.latitude },
    permissions: ['geolocation'],
    ...options,
  })
  return { context, faults, page: await context.newPage() }
}

/** Sits down at a department's desk in the console. */
async function sitDown(department) {
  const { context, faults } = await openContext(browser, { viewport: DESK, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/dev/staff')
  await page.getByRole('button', { name: department }).first().click()
  await page.getByText('Aktualisiert sich von selbst').waitFor()
  return { context, faults, page }
}

async function send(page, template, choice) {
  await page.getByRole('radio', { name: choice }).check()
  await page.getByRole('button', { name: template }).click()
  assert.equal(await page.getByLabel('Öffentliche Nachricht').inputValue(), template)
  await page.getByRole('button', { name: 'Prüfen und senden' }).click()
  await page.getByRole('button', { name: 'So senden' }).click()
}

test('(a) a mattress at the container site Zweckel: three taps on the phone', async () => {
  const { body } = await api('/v1/addresses?q=Zweckel')
  const place = body.addresses.find((one) => one.kind === 'place')
  assert.equal(place.district, 'zweckel')
  desk = await sitDown(/Zentraler Betriebshof/)

  // Somebody at the desk is in the middle of the list; that must not move under their fingers.
  await desk.page.locator('[data-row="0"]').waitFor()
  await desk.page.locator('body').press('j')
  // The list moves the focus with the next picture that it draws.
  await desk.page.locator('[data-row]:focus').waitFor()
  const standing = () => desk.page.evaluate(() => document.activeElement?.getAttribute('href'))
  story.stoodOn = await standing()
  story.standsOn = standing

  const { context, faults, page } = await phone(place)
  await page.goto(FORM)
  let taps = 0
  const tap = async (locator) => ((taps += 1), await locator.click())
  taps += 1
  await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(BEFORE)
  await tap(page.getByRole('button', { name: 'Ja, der Ort stimmt' }))
  const filed = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/v1/requests'))
  await tap(page.getByRole('button', { name: 'Meldung senden' }))
  const answer = await filed
  story.filedAt = Date.now()
  assert.equal(answer.status(), 201)
  Object.assign(story, await answer.json())
  // At the desk it is watched for at once: the next step says how long it took.
  story.row = desk.page.getByRole('link', { name: story.reference }).waitFor().then(() => Date.now() - story.filedAt)
  await page.getByRole('heading', { name: 'Danke' }).waitFor()
  await story.row
  assert.equal(taps, 3)
  assert.deepEqual(faults, [])
  await context.close()
})

test('(b) the clerk sees it within a second, and why it is on this desk', async () => {
  const took = await story.row
  console.log(`the row stood on the desk after ${took} ms`)
  assert.ok(took < 1_000, `after ${took} ms`)
  assert.match(story.stoodOn, /^#\//)
  assert.equal(await story.standsOn(), story.stoodOn, 'whoever works in the list stays where they were')
  const { page } = desk
  await page.getByRole('link', { name: story.reference }).click()
  await page.getByRole('heading', { name: story.reference }).waitFor()
  const seen = await page.evaluate((id) => fetch(`/v1/queue/${id}`).then((answer) => answer.json()), story.service_request_id)
  assert.equal(seen.department, 'public_works')
  await page.getByText(seen.department_reason).waitFor()
  assert.match(seen.department_reason, /ZBG/)
})

test('(c) nothing but place and status is public until a person releases it', async () => {
  const { page } = desk
  const path = `/v1/requests/${story.service_request_id}`
  assert.deepEqual((await api(path)).body.photos, [])
  await page.getByRole('button', { name: 'Übernehmen' }).click()
  await page.getByRole('button', { name: 'Zurückgeben' }).waitFor()
  const box = page.getByLabel('Foto 1 öffentlich zeigen')
  await box.click()
  await page.waitForFunction((node) => node.checked && !node.disabled, await box.elementHandle())
  assert.equal((await api(path)).body.photos.length, 1)
})

test('(d) an answer takes a click on a text block', async () => {
  const { page } = desk
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
  await send(page, 'Wir haben die Arbeit beauftragt.', 'Beauftragt')
  assert.equal((await saved).status(), 200)
  const { body } = await api(`/v1/requests/${story.service_request_id}`)
  assert.deepEqual([body.status, body.status_notes], ['in_progress', 'Wir haben die Arbeit beauftragt.'])
})

test('(e) done, with a photo of the place afterwards', async () => {
  const { page, faults } = desk
  await page.getByRole('radio', { name: 'Erledigt' }).check()
  await page.getByLabel('Foto von nachher wählen').setInputFiles(AFTER)
  await page.getByAltText('Nachher, Foto 1').waitFor()
  await assertAccessible(page, 'a request that is about to be done')
  await send(page, 'Wir haben alles abgeholt und den Platz gereinigt. Vielen Dank für Ihre Meldung.', 'Erledigt')
  await page.getByText('Das Foto von nachher ist da.').waitFor({ state: 'attached' })
  await page.getByLabel('Foto 1 von nachher öffentlich zeigen').waitFor()
  await assertAccessible(page, 'a request that is done')
  const { body } = await api(`/v1/requests/${story.service_request_id}`)
  assert.equal(body.status, 'done')
  assert.deepEqual([body.photos.length, body.photos_after.length], [1, 1])
  assert.deepEqual(faults, [])
})

test('(f) before and after stand side by side, and two buttons ask whether it is really done', async () => {
  const { context, faults, page } = await phone(BOTTROP, { javaScriptEnabled: false })
  await page.goto(new URL(story.page).pathname)
  for (const heading of ['Vorher', 'Nachher', 'Ist es wirklich erledigt?'])
    await page.getByRole('heading', { name: heading, exact: true }).waitFor()
  await assertNoSideways(page, 'the report page')
  await page.getByRole('button', { name: 'Nein, noch nicht' }).click()
  await page.getByText('für Sie noch nicht erledigt').waitFor()

  await desk.page.getByText('Laut meldender Person nicht erledigt').first().waitFor()
  await desk.page.getByLabel('Beanstandet').check()
  await desk.page.getByRole('link', { name: story.reference }).waitFor()
  await desk.page.getByLabel('Beanstandet').uncheck()

  await page.getByRole('button', { name: 'Doch: Ja, erledigt' }).click()
  await page.getByText('Schön, dass es erledigt ist').waitFor()
  await desk.page.getByText('Laut meldender Person erledigt').waitFor()
  await page.goto(`/m/${story.reference}`)
  await page.getByRole('heading', { name: 'Nachher', exact: true }).waitFor()
  assert.equal(await page.getByRole('button').count(), 0, 'only the reporter is asked')
  assert.deepEqual(faults, [])
  await context.close()
})

test('(g) a pin in Bottrop is refused kindly', async () => {
  const { context, page } = await phone(BOTTROP)
  await page.goto(FORM)
  await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(BEFORE)
  await page.getByRole('button', { name: 'Ja, der Ort stimmt' }).click()
  await page.getByRole('button', { name: 'Meldung senden' }).click()
  await page.getByRole('alert').or(page.locator('.error')).filter({ hasText: 'Bottrop' }).first().waitFor()
  assert.equal(await page.getByRole('heading', { name: 'Danke' }).count(), 0)
  await context.close()
})

test('(h) of a neglected house the outside never learns', async () => {
  const { body: service } = await api('/v1/services/neglected_house')
  assert.equal(service.visibility, 'confidential')
  const required = service.attributes.filter((one) => one.required)
  const answers = required.map((one) => [one.code, one.datatype === 'multivaluelist' ? [one.values[0].key] : (one.values[0]?.key ?? 'Übungsdaten')])
  const inspector = await sitDown(/Bauaufsicht/)
  const { body: places } = await api('/v1/addresses?q=Zweckel')
  const { longitude, latitude } = places.addresses[0]
  const { status, body: house } = await api('/v1/requests', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({
      service_request_id: uuidv7(),
      service_code: 'neglected_house',
      longitude,
      latitude,
      description: 'Übungsdaten: Das Haus verfällt.',
      attributes: Object.fromEntries(answers),
    }),
  })
  assert.equal(status, 201, JSON.stringify(house))
  await inspector.page.getByRole('link', { name: house.reference }).waitFor()
  assert.equal(await desk.page.getByRole('link', { name: house.reference }).count(), 0, 'not on another desk')

  for (const path of [
    `/v1/requests/${house.service_request_id}`,
    `/v1/requests/by-reference/${house.reference}`,
    `/v1/requests/${house.service_request_id}/timeline`,
    `/m/${house.reference}`,
  ])
    assert.equal((await fetch(`${BASE}${path}`)).status, 404, path)
  const everywhere = await (await fetch(`${BASE}/v1/requests?limit=500`)).text()
  assert.ok(everywhere.includes(story.reference) && !everywhere.includes(house.reference))
  assert.equal((await fetch(house.page.replace(/^https?:\/\/[^/]+/, BASE))).status, 200, 'the reporter sees it')
  await inspector.context.close()
})

test('(i) the planner asks where litter gathers, with one click', async () => {
  const { context, faults } = await openContext(browser, { viewport: DESK, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/planner/')
  await page.getByRole('link', { name: 'Müll und Sauberkeit nach Ortsteil' }).click()
  await page.getByRole('columnheader', { name: 'Ortsteil' }).waitFor()
  await page.getByRole('cell', { name: 'Zweckel' }).or(page.getByRole('rowheader', { name: 'Zweckel' })).first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('the page that shows all of it side by side frames phone, desk and mailbox', async () => {
  for (const [viewport, dark] of [[{ width: 1600, height: 1000 }, false], [{ width: 390, height: 844 }, true]]) {
    const { context, faults } = await openContext(browser, { viewport, dark, serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto('/demo')
    await page.frameLocator('iframe[name=phone]').getByRole('heading', { level: 1 }).waitFor()
    await page.frameLocator('iframe[name=desk]').getByRole('heading', { name: 'Eingang' }).waitFor()
    await page.frameLocator('iframe[name=mail]').getByRole('heading', { name: 'Postfach der Entwicklung' }).waitFor()
    await page.getByText('Übungsdaten').first().waitFor()
    await assertAccessible(page, `the demonstration at ${viewport.width}`)
    await assertNoSideways(page, `the demonstration at ${viewport.width}`)
    assert.deepEqual(faults, [])
    await context.close()
  }
})

/** An id as clients make it: the time first. */
function uuidv7() {
  const random = crypto.randomUUID().replaceAll('-', '')
  const time = Date.now().toString(16).padStart(12, '0')
  return [time.slice(0, 8), time.slice(8), `7${random.slice(13, 16)}`, random.slice(16, 20), random.slice(20)].join('-')
}
