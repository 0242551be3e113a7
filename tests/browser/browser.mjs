// What every browser test needs: the browser, pages of a given size and colour, and the checks on them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

/** The running server; its sentences are read in German. */
export const BASE = process.env.GLADBECK_URL ?? 'http://localhost:8080'
export const PHONE = { width: 360, height: 780 }
export const DESK = { width: 1280, height: 900 }

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Opens Chromium with a software renderer, so that the map draws without a graphics card. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  })
}

/**
 * Opens a context that remembers what must not happen: a request off the own origin, an error in the
 * console, a refusal by the content security policy.
 */
export async function openContext(browser, { viewport = PHONE, dark = false, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: BASE,
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    bypassCSP: false,
    ...options,
  })
  context.setDefaultTimeout(20_000)
  const faults = []
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== new URL(BASE).origin) faults.push(`off the origin: ${url.origin}`)
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) faults.push(message.text())
    })
  })
  return { context, faults }
}

/** Checks a page for accessibility; axe runs in a world of its own, which the page's policy allows. */
export async function assertAccessible(page, name) {
  const session = await page.context().newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' })
  await session.send('Runtime.evaluate', { expression: AXE, contextId: executionContextId })
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) => JSON.stringify({
      checked: found.passes.length,
      violations: found.violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary) })),
    }))`,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  assert.equal(exceptionDetails, undefined, exceptionDetails?.exception?.description)
  const { checked, violations } = JSON.parse(result.value)
  assert.ok(checked > 5, `axe checked only ${checked} rules on ${name}`)
  assert.deepEqual(violations, [], name)
}

/** Checks that nothing reaches beyond the configured width: innerWidth would grow with a mobile viewport. */
export async function assertNoSideways(page, name) {
  const { width } = page.viewportSize()
  const { wide, beyond } = await page.evaluate((width) => {
    const sticksOut = (node) => node.getBoundingClientRect().right > width + 1 || node.getBoundingClientRect().left < -1
    const nodes = [...document.body.querySelectorAll('*')].filter((node) => sticksOut(node) && !node.closest('.unseen, .maplibregl-map'))
    return {
      wide: document.documentElement.scrollWidth,
      beyond: nodes.slice(-3).map((node) => `${node.tagName.toLowerCase()} "${node.textContent.trim().slice(0, 40)}"`),
    }
  }, width)
  assert.ok(wide <= width, `${name} is ${wide} px wide in ${width}: ${beyond.join(', ')}`)
}

/** Doubles the text as a reader does who sets a larger font. */
export async function doubleText(page) {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
}

/** A photo with a position inside the city. */
export const PHOTO = new URL('./fixtures/litter.jpg', import.meta.url).pathname
