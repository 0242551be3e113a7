// Takes the pictures of docs/screenshots/ from a running server with demonstration data.
import { mkdirSync } from 'node:fs'
import { DESK, openBrowser, openContext, PHONE } from './browser.mjs'

/** A drawing of a mattress beside containers; the phone stands where it lies. */
const PHOTO = new URL('./fixtures/container_before.jpg', import.meta.url).pathname
const ZWECKEL = { longitude: 6.9826, latitude: 51.5912 }

const FOLDER = process.env.SCREENSHOTS ?? new URL('../../docs/screenshots/', import.meta.url).pathname
mkdirSync(FOLDER, { recursive: true })
const browser = await openBrowser()

for (const viewport of [PHONE, DESK])
  for (const dark of [false, true]) {
    const { context, faults } = await openContext(browser, {
      viewport,
      dark,
      serviceWorkers: 'block',
      geolocation: ZWECKEL,
      permissions: ['geolocation'],
    })
    const page = await context.newPage()
    const shoot = (name, { fullPage = true } = {}) =>
      page.screenshot({ path: `${FOLDER}${name}-${viewport.width}-${dark ? 'dark' : 'light'}.png`, fullPage })

    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await shoot('resident-start', { fullPage: false })

    await page.goto('/?kind=litter')
    await page.getByLabel('Foto aufnehmen oder wählen').setInputFiles(PHOTO)
    const confirm = page.getByRole('button', { name: 'Ja, der Ort stimmt' })
    await confirm.waitFor()
    await shoot('resident-form')
    await confirm.click()
    await page.getByRole('button', { name: 'Meldung senden' }).click()
    const link = await page.getByRole('link', { name: 'Meldung ansehen' }).getAttribute('href')
    await shoot('resident-sent')

    await page.goto(link)
    await shoot('report-page')

    await page.goto('/dev/staff')
    await page.getByRole('button', { name: /Ordnungsamt/ }).first().click()
    await page.locator('[data-row]').first().waitFor()
    await shoot('console-queue', { fullPage: false })
    await page.locator('[data-row]').first().click()
    await page.locator('#request-title').waitFor()
    if (viewport === DESK) await page.locator('.maplibregl-canvas').waitFor()
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(2_000)
    await shoot('console-request', { fullPage: false })

    await page.goto('/planner/')
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(2_000)
    await shoot('planner-list', { fullPage: false })
    await page.getByRole('link', { name: /^Müll und Sauberkeit nach Ortsteil, zwei Jahre$/ }).first().click()
    await page.locator('tr[data-key]').first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(2_000)
    await shoot('planner-question')
    if (faults.length > 0) throw new Error(faults.join('\n'))
    await context.close()
  }

// Phone, office and mailbox side by side.
const { context } = await openContext(browser, { viewport: { width: 1600, height: 1000 }, serviceWorkers: 'block' })
const page = await context.newPage()
await page.goto('/demo')
await page.waitForLoadState('networkidle')
await page.waitForTimeout(4_000)
await page.screenshot({ path: `${FOLDER}demo-1600-light.png` })
await browser.close()
