// What a resident has sent off arrives exactly once, whatever the network does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, openContext, PHOTO } from './browser.mjs'

let browser
before(async () => (browser = await openBrowser()))
after(async () => browser?.close())

async function fill(page) {
  await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(PHOTO)
  await page.getByRole('button', { name: 'Ja, der Ort stimmt' }).click()
}

const send = (page) => page.getByRole('button', { name: 'Meldung senden' }).click()

test('a report sent offline survives a reload and goes out once when the network is back', async () => {
  const { context, faults } = await openContext(browser)
  const page = await context.newPage()
  const answers = []
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && new URL(response.url()).pathname === '/v1/requests') answers.push(response.status())
  })
  await page.goto('/?kind=litter')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await fill(page)
  await context.setOffline(true)
  await send(page)
  await page.getByRole('heading', { name: 'Gespeichert' }).waitFor()

  await page.reload()
  await page.getByText('Wird von selbst gesendet, sobald').waitFor()
  assert.deepEqual(answers, [])

  await context.setOffline(false)
  await page.getByText('Meldungen von diesem Gerät').or(page.getByRole('heading', { name: 'Danke' })).first().waitFor()
  await page.reload()
  await page.waitForLoadState('networkidle')
  assert.deepEqual(answers, [201])
  assert.deepEqual(faults, [])
  await context.close()
})

test('when the answer gets lost the same request is sent again and becomes no second report', async () => {
  const { context, faults } = await openContext(browser, { serviceWorkers: 'block' })
  const page = await context.newPage()
  const sent = []
  let references = []
  await page.route('**/v1/requests', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    sent.push({ key: route.request().headers()['idempotency-key'], body: route.request().postData() })
    const answer = await route.fetch()
    references.push((await answer.json()).reference)
    return sent.length === 1 ? route.abort('connectionreset') : route.fulfill({ response: answer })
  })
  await page.goto('/?kind=litter')
  await fill(page)
  await send(page)
  await page.getByRole('heading', { name: 'Danke' }).waitFor()
  assert.equal(sent.length, 2)
  assert.deepEqual(sent[0], sent[1])
  assert.equal(references[0], references[1])
  assert.deepEqual(faults, [])
  await context.close()
})

test('a refusal stands at its field, and every word is still there', async () => {
  const { context } = await openContext(browser, { serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/?kind=unknown')
  await page.getByRole('button', { name: 'Adresse schreiben' }).click()
  await page.getByLabel('Adresse oder Beschreibung des Ortes').fill('Vor dem Rathaus')
  await page.getByLabel('Mit eigenen Worten').fill('Etwas ist kaputt.')
  await page.getByLabel('Antwort an Ihre E-Mail-Adresse').fill('keine Adresse')
  await send(page)
  const field = page.getByLabel('Antwort an Ihre E-Mail-Adresse')
  await page.locator('#email-error').waitFor()
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  assert.equal(await field.inputValue(), 'keine Adresse')
  assert.equal(await page.getByLabel('Mit eigenen Worten').inputValue(), 'Etwas ist kaputt.')

  await page.reload()
  assert.equal(await page.getByLabel('Mit eigenen Worten').inputValue(), 'Etwas ist kaputt.')
  await page.getByLabel('Antwort an Ihre E-Mail-Adresse').fill('')
  await send(page)
  await page.getByRole('heading', { name: 'Danke' }).waitFor()
  await context.close()
})

test('another language changes the words and keeps what was typed', async () => {
  const { context, faults } = await openContext(browser)
  const page = await context.newPage()
  await page.goto('/?kind=unknown')
  await page.getByLabel('Mit eigenen Worten').fill('Bleibt stehen')
  await page.getByLabel('Sprache').selectOption('en')
  await page.getByRole('button', { name: 'Send report' }).waitFor()
  assert.equal(await page.getByLabel('In your own words').inputValue(), 'Bleibt stehen')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  assert.deepEqual(faults, [])
  await context.close()
})
