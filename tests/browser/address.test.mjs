// A resident writes an address instead of looking for it on a map, and is asked whether somebody is in danger.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertAccessible, assertNoSideways, BASE, doubleText, openBrowser, openContext, PHONE, PHOTO } from './browser.mjs'

let browser
/** A house that this city knows, and its street. */
let house
before(async () => {
  browser = await openBrowser()
  house = await someHouse()
})
after(async () => browser?.close())

async function find(words) {
  const answer = await fetch(`${BASE}/v1/addresses?q=${encodeURIComponent(words)}&limit=5`)
  assert.equal(answer.status, 200)
  return (await answer.json()).addresses
}

/** The first house among the streets that the city answers to common beginnings. */
async function someHouse() {
  for (const words of ['Ahorn', 'Horster', 'Wilhelm', 'Stein'])
    for (const street of (await find(words)).filter((one) => one.kind === 'street'))
      for (let number = 1; number < 20; number++) {
        const found = (await find(`${street.label} ${number}`))[0]
        if (found?.kind === 'address' && found.street === street.label) return found
      }
  throw new Error('the city knows no house')
}

/** Opens a form and its field for an address. */
async function write(context, kind = 'road_damage') {
  const page = await context.newPage()
  await page.goto(`/?kind=${kind}`)
  await page.getByRole('button', { name: 'Adresse schreiben' }).click()
  return { page, field: page.getByRole('combobox', { name: 'Adresse oder Beschreibung des Ortes' }) }
}

/** Remembers what is filed by a page. */
function filedBy(page) {
  return page.waitForRequest((request) => request.method() === 'POST' && new URL(request.url()).pathname === '/v1/requests')
}

async function openPhone(options) {
  return openContext(browser, { viewport: PHONE, serviceWorkers: 'block', ...options })
}

for (const dark of [false, true])
  test(`an address is found while it is typed, and chosen with the keyboard alone, in ${dark ? 'dark' : 'light'}`, async () => {
    const { context, faults } = await openPhone({ dark })
    const { page, field } = await write(context)
    await field.pressSequentially(house.label, { delay: 20 })
    const option = page.getByRole('option', { name: house.label }).first()
    await option.waitFor()
    assert.equal(await field.getAttribute('aria-expanded'), 'true')
    assert.match(await page.locator('#address ~ [role=status]').textContent(), /Vorschl/)
    await assertAccessible(page, 'suggestions')
    await assertNoSideways(page, 'suggestions')

    await field.press('ArrowDown')
    const marked = page.locator(`#${await field.getAttribute('aria-activedescendant')}`)
    assert.equal(await marked.getAttribute('aria-selected'), 'true')
    await field.press('Enter')
    await page.getByText('Von Ihnen als Adresse gewählt.').waitFor()
    assert.equal(await field.getAttribute('aria-expanded'), 'false')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'address')
    await page.locator('.found.confirmed').getByText(house.label, { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Ja, der Ort stimmt' }).count(), 0)
    await assertAccessible(page, 'a chosen address')
    await assertNoSideways(page, 'a chosen address')
    assert.deepEqual(faults, [])
    await context.close()
  })

test('suggestions and numbers reach nowhere sideways in large text, and from right to left', async () => {
  const { context } = await openPhone({ viewport: { width: 320, height: 640 } })
  const { page, field } = await write(context, await dangerous())
  await doubleText(page)
  await page.getByLabel('Ja', { exact: true }).check()
  await page.getByText('Bitte rufen Sie jetzt an.').waitFor()
  await field.fill(house.street)
  await page.locator('#addresses').getByRole('option').first().waitFor()
  await assertNoSideways(page, 'large text')
  await page.evaluate(() => (document.documentElement.dir = 'rtl'))
  await assertNoSideways(page, 'large text from right to left')
  await context.close()
})

test('a chosen address is sent with its position', async () => {
  const { context } = await openPhone()
  const { page, field } = await write(context, 'litter')
  await field.fill(house.label)
  await page.getByRole('option', { name: house.label }).first().click()
  await page.getByText('Von Ihnen als Adresse gewählt.').waitFor()
  const filing = filedBy(page)
  await page.getByRole('button', { name: 'Meldung senden' }).click()
  const filed = (await filing).postDataJSON()
  await page.getByRole('heading', { name: 'Danke' }).waitFor()
  assert.equal(filed.address_string, house.label)
  assert.ok(Math.abs(filed.longitude - house.longitude) < 1e-6 && Math.abs(filed.latitude - house.latitude) < 1e-6)
  await context.close()
})

test('a misspelt street is found', async () => {
  const { context } = await openPhone()
  const { page, field } = await write(context)
  const slip = house.street.replace(/^(...)(.)(.)/, '$1$3$2')
  await field.fill(slip)
  await page.getByRole('option', { name: house.street }).first().waitFor()
  await context.close()
})

test('Escape closes the suggestions, and Enter in the field sends nothing', async () => {
  const { context } = await openPhone()
  const { page, field } = await write(context)
  let filed = false
  page.on('request', (request) => (filed ||= request.method() === 'POST'))
  await field.fill(house.street)
  await page.locator('#addresses').getByRole('option').first().waitFor()
  await field.press('Enter')
  await field.press('Escape')
  await page.locator('#addresses').getByRole('option').first().waitFor({ state: 'hidden' })
  await field.press('Enter')
  assert.equal(await field.inputValue(), house.street)
  await field.press('ArrowDown')
  await page.locator('#addresses').getByRole('option').first().waitFor()
  await page.getByRole('button', { name: 'Meldung senden' }).waitFor()
  assert.equal(filed, false)
  await context.close()
})

test('other words let a chosen address go, a remark after a comma does not', async () => {
  const { context } = await openPhone()
  const { page, field } = await write(context)
  await field.fill(house.label)
  await page.getByRole('option', { name: house.label }).first().click()
  const taken = page.getByText('Von Ihnen als Adresse gewählt.')
  await taken.waitFor()
  await field.fill(`${house.label}, im Hof`)
  await taken.waitFor()
  await field.fill('Woanders')
  await taken.waitFor({ state: 'detached' })
  await field.fill('')
  await field.waitFor()
  await context.close()
})

test('an answer that comes late does not push away a newer one', async () => {
  const { context } = await openPhone()
  const { page, field } = await write(context)
  await page.route('**/v1/addresses?q=Zz*', async (route) => {
    await new Promise((done) => setTimeout(done, 1_500))
    await route.fulfill({ json: { addresses: [{ ...house, label: 'Zu spät 1' }] } }).catch(() => undefined)
  })
  const asked = page.waitForRequest('**/v1/addresses?q=Zz*')
  await field.fill('Zz')
  await asked
  await field.fill(house.label)
  await page.getByRole('option', { name: house.label }).first().waitFor()
  await page.waitForTimeout(1_700)
  assert.equal(await page.getByRole('option', { name: 'Zu spät 1' }).count(), 0)
  await context.close()
})

test('without an answer the names of the city pack stand in', async () => {
  const { context, faults } = await openPhone()
  await context.route('**/v1/addresses**', (route) => route.abort())
  const { page, field } = await write(context)
  const [first] = await (await fetch(`${BASE}/v1/city/places`)).json()
  await field.fill(first.name)
  await page.getByRole('option', { name: first.name }).first().click()
  await page.locator('.found.confirmed').getByText(first.name, { exact: true }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('without a network a place of the pack is found after a reload, and the report waits with it', async () => {
  const { context } = await openContext(browser, { viewport: PHONE })
  const page = await context.newPage()
  await page.goto('/?kind=litter')
  await page.evaluate(() => navigator.serviceWorker.ready)
  const known = page.waitForResponse('**/v1/city/places')
  await page.reload()
  const [{ name }] = await (await known).json()
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('button', { name: 'Adresse schreiben' }).click()
  await page.getByRole('combobox', { name: 'Adresse oder Beschreibung des Ortes' }).fill(name)
  await page.locator('#addresses').getByRole('option', { name }).first().click()
  await page.locator('.found.confirmed').getByText(name, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Meldung senden' }).click()
  await page.getByRole('heading', { name: 'Gespeichert' }).waitFor()
  await context.close()
})

test('a position is called by the nearest house, and by a place of the pack when nobody answers', async () => {
  const { context } = await openPhone()
  const page = await context.newPage()
  await page.route('**/v1/addresses/nearest?**', (route) => route.fulfill({ json: { address: { ...house, distance: 12 } } }))
  await page.goto('/?kind=litter')
  await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(PHOTO)
  await page.getByText(`In der Nähe: ${house.label}`).waitFor()

  const other = await openPhone()
  const silent = await other.context.newPage()
  await silent.route('**/v1/addresses/nearest?**', () => undefined)
  await silent.goto('/?kind=litter')
  await silent.getByLabel('Foto aufnehmen oder wählen').setInputFiles(PHOTO)
  await silent.getByText(/In der Nähe: /).waitFor()
  await silent.getByRole('button', { name: 'Ja, der Ort stimmt' }).click()
  await silent.getByRole('button', { name: 'Meldung senden' }).click()
  await silent.getByRole('heading', { name: 'Danke' }).waitFor()
  await context.close()
  await other.context.close()
})

for (const dark of [false, true])
  test(`who reports something dangerous is asked, and shown whom to call, in ${dark ? 'dark' : 'light'}`, async () => {
    const { context, faults } = await openPhone({ dark })
    const { page, field } = await write(context, await dangerous())
    await field.fill(house.label)
    await page.getByRole('option', { name: house.label }).first().click()
    const question = page.getByRole('group', { name: /Ist gerade jemand in Gefahr\?/ })
    await question.getByLabel('Nein').check()
    assert.equal(await page.getByText('Bitte rufen Sie jetzt an.').count(), 0)
    await question.getByLabel('Ja').check()
    await page.getByText('Bitte rufen Sie jetzt an. Danach können Sie die Meldung trotzdem senden.').waitFor()
    const { hazard } = await (await fetch(`${BASE}/v1/home`)).json()
    for (const { number } of hazard.numbers) {
      const link = page.locator('.answer').getByRole('link', { name: number })
      assert.equal(await link.getAttribute('href'), `tel:${number.replaceAll(' ', '')}`)
      assert.ok((await link.boundingBox()).height >= 48, `${number} is large enough for a thumb`)
    }
    await assertAccessible(page, 'whom to call')
    await assertNoSideways(page, 'whom to call')
    assert.deepEqual(faults, [])
    await context.close()
  })

test('the question for danger keeps nobody from sending, and its answer stays on the page', async () => {
  const { context } = await openPhone()
  const kind = await dangerous()
  for (const answer of ['Ja', null]) {
    const { page, field } = await write(context, kind)
    await field.fill(house.label)
    await page.getByRole('option', { name: house.label }).first().click()
    const question = page.getByRole('group', { name: /Ist gerade jemand in Gefahr\?/ })
    if (answer) await question.getByLabel(answer).check()
    else await question.waitFor()
    const filing = filedBy(page)
    await page.getByRole('button', { name: 'Meldung senden' }).click()
    assert.doesNotMatch((await filing).postData(), /danger|hazard/i)
    await page.getByRole('heading', { name: 'Danke' }).waitFor()
    await page.close()
  }
  await context.close()
})

test('who reports litter is not asked for danger', async () => {
  const { context } = await openPhone()
  const page = await context.newPage()
  await page.goto('/?kind=litter')
  await page.getByRole('button', { name: 'Meldung senden' }).waitFor()
  assert.equal(await page.getByText('Ist gerade jemand in Gefahr?').count(), 0)
  await context.close()
})

/** A kind of request that the city marks as dangerous and that asks for nothing else. */
async function dangerous() {
  const { services } = await (await fetch(`${BASE}/v1/services`)).json()
  const found = services.find((one) => one.hazard && one.attributes.every((attribute) => !attribute.required))
  assert.ok(found, 'a service is dangerous')
  return found.service_code
}
