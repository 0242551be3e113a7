// The whole main job in a real browser against a running server with demonstration data:
// a resident files litter in three taps, a clerk finishes it, the resident reads what became of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertNoSideways, BASE, DESK, openBrowser, openContext, PHONE, PHOTO } from './browser.mjs'

const MAIL = `journey-${Date.now()}@example.org`
const ANSWER = 'Vielen Dank. Der Abfall ist weg.'
let browser
const filed = {}

before(async () => (browser = await openBrowser()))
after(async () => browser?.close())

/** Counts what a finger would do. */
function counting(page) {
  let taps = 0
  return {
    get taps() {
      return taps
    },
    async tap(locator) {
      taps += 1
      await locator.click()
    },
    async photograph(picker, file) {
      taps += 1
      await picker.setInputFiles(file)
    },
    page,
  }
}

async function referenceOn(page) {
  await page.getByRole('heading', { name: 'Danke' }).waitFor()
  const link = await page.getByRole('link', { name: 'Meldung ansehen' }).getAttribute('href')
  return { link, reference: link.match(/\/m\/([^/]+)\//)?.[1] }
}

test('a resident files litter from a phone with a photo in three taps', async () => {
  const { context, faults } = await openContext(browser, { viewport: PHONE })
  const page = await context.newPage()
  await page.goto('/?kind=litter')
  const finger = counting(page)

  await finger.photograph(page.getByLabel('Foto aufnehmen oder wählen'), PHOTO)
  await finger.tap(page.getByRole('button', { name: 'Ja, der Ort stimmt' }))
  await assertNoSideways(page, 'the form')
  await finger.tap(page.getByRole('button', { name: 'Meldung senden' }))

  const { reference, link } = await referenceOn(page)
  assert.match(reference, /^[A-Z]+-\w{4}-\w{2}$/)
  assert.ok(link.length > reference.length + 10, 'the link carries a secret')
  assert.equal(finger.taps, 3)
  assert.deepEqual(faults, [])
  await context.close()
})

test('a resident who wants an answer leaves words and a mail address', async () => {
  const { context, faults } = await openContext(browser, { viewport: PHONE })
  const page = await context.newPage()
  await page.goto('/?kind=litter')
  await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(PHOTO)
  await page.getByRole('button', { name: 'Ja, der Ort stimmt' }).click()
  await page.getByText('Mehr dazu sagen').click()
  await page.getByLabel('Mit eigenen Worten').fill('Drei Säcke neben dem Weg.')
  await page.getByLabel('Antwort an Ihre E-Mail-Adresse').fill(MAIL)
  await page.getByRole('button', { name: 'Meldung senden' }).click()
  Object.assign(filed, await referenceOn(page))
  assert.deepEqual(faults, [])
  await context.close()
})

test('a clerk claims it, releases text and photo, answers and closes it', async () => {
  const { context, faults } = await openContext(browser, { viewport: DESK })
  const page = await context.newPage()
  await page.goto('/console/')
  await page.getByRole('link', { name: 'Anmelden' }).click()
  await page.getByRole('button', { name: /Ordnungsamt/ }).first().click()
  await page.waitForURL('**/console/')
  await page.getByLabel('Suche in Text, Ort und Aktenzeichen').fill(filed.reference)
  await page.getByRole('link', { name: filed.reference }).click()
  await page.getByRole('heading', { name: filed.reference }).waitFor()

  await page.getByRole('button', { name: 'Übernehmen' }).click()
  await page.getByRole('button', { name: 'Zurückgeben' }).waitFor()
  for (const box of [page.getByLabel('Text öffentlich zeigen'), page.getByLabel('Foto 1 öffentlich zeigen')]) {
    await box.click()
    await page.waitForFunction((node) => node.checked && !node.disabled, await box.elementHandle())
  }
  await page.getByLabel('Neue Notiz').fill('Betriebshof ist unterwegs.')
  await page.getByRole('button', { name: 'Notiz speichern' }).click()
  await page.getByText('Notiz gespeichert.').waitFor({ state: 'attached' })

  await page.getByLabel('Nur antworten').check()
  await page.getByLabel('Öffentliche Nachricht').fill('Wir kümmern uns heute darum.')
  await page.getByRole('button', { name: 'Prüfen und senden' }).click()
  await page.getByRole('dialog').getByText('Wir kümmern uns heute darum.').waitFor()
  await page.getByRole('button', { name: 'So senden' }).click()
  await page.getByText('Gesendet.').waitFor({ state: 'attached' })

  await page.getByRole('radio', { name: 'Erledigt' }).check()
  await page.getByLabel('Öffentliche Nachricht').fill(ANSWER)
  await page.getByRole('button', { name: 'Prüfen und senden' }).click()
  await page.getByRole('button', { name: 'So senden' }).click()
  await page.getByRole('article').getByText('Erledigt').first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('the mail arrives with the link, and the link shows the status and the answer', async () => {
  const { context, faults } = await openContext(browser, { viewport: PHONE })
  const mail = await waitForMail(context.request, (one) => one.text.includes(ANSWER))
  const link = mail.text.match(/https?:\/\/\S*\/m\/[^\s<>"]+/)?.[0]
  assert.ok(link, 'the mail carries the link')
  const page = await context.newPage()
  await page.goto(new URL(link).pathname)
  await page.getByText('Erledigt').first().waitFor()
  await page.getByText(ANSWER).first().waitFor()
  await assertNoSideways(page, 'the report page')
  assert.deepEqual(faults, [])
  await context.close()
})

test('everybody sees the finished report with its released words', async () => {
  const answer = await fetch(`${BASE}/v1/requests/by-reference/${filed.reference}`)
  assert.equal(answer.status, 200)
  const request = await answer.json()
  assert.equal(request.status, 'done')
  assert.equal(request.description, 'Drei Säcke neben dem Weg.')
  assert.equal(request.photos.length, 1)
})

async function waitForMail(request, isIt) {
  for (let attempt = 0; attempt < 60; attempt++) {
    const mails = await (await request.get('/dev/mail.json')).json()
    const found = mails.find((one) => String(one.to).includes(MAIL) && isIt(one))
    if (found) return found
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error(`no mail to ${MAIL}`)
}
