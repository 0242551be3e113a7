// Takes the pictures of docs/screenshots/ from a running server with demonstration data.
import { mkdirSync } from 'node:fs'
import { DESK, openBrowser, openContext, PHONE, PHOTO } from './browser.mjs'

const FOLDER = new URL('../../docs/screenshots/', import.meta.url).pathname
mkdirSync(FOLDER, { recursive: true })
const browser = await openBrowser()

for (const viewport of [PHONE, DESK])
  for (const dark of [false, true]) {
    const { context, faults } = await openContext(browser, { viewport, dark, serviceWorkers: 'block' })
    const page = await context.newPage()
    const shoot = (name) =>
      page.screenshot({ path: `${FOLDER}${name}-${viewport.width}-${dark ? 'dark' : 'light'}.png`, fullPage: true })

    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await shoot('resident-start')

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
    await shoot('console-queue')
    await page.locator('[data-row]').first().click()
    await page.locator('#request-title').waitFor()
    if (viewport === DESK) await page.locator('.maplibregl-canvas').waitFor()
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(2_000)
    await shoot('console-request')
    if (faults.length > 0) throw new Error(faults.join('\n'))
    await context.close()
  }
await browser.close()
