import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { Plugin } from 'vite'

/** Languages whose sentences the static page carries before its script runs: the first is the page's own. */
const LANGUAGES = ['de', 'en']

/**
 * Fills `%language:key%` in the static pages with the sentence of proto/locales, so that even the page
 * without JavaScript has no sentence of its own, and writes the manifest of the installable page.
 */
export function sentencesInHtml(locales: string): Plugin {
  return {
    name: 'sentences-in-html',
    transformIndexHtml(html) {
      const bundles = new Map(LANGUAGES.map((language) => [language, read(locales, language)]))
      return html.replace(/%([a-z-]+):([a-z-]+)%/g, (_, language: string, key: string) => {
        const bundle = bundles.get(language)
        const value = bundle?.getMessage(key)?.value
        if (!bundle || !value) throw new Error(`no sentence ${key} in ${language}`)
        return escape(bundle.formatPattern(value))
      })
    },
    generateBundle() {
      const bundle = read(locales, LANGUAGES[0] ?? '')
      const sentence = (key: string) => bundle.formatPattern(bundle.getMessage(key)?.value ?? '')
      this.emitFile({
        type: 'asset',
        fileName: 'manifest.webmanifest',
        source: JSON.stringify({
          name: sentence('resident-page-title'),
          short_name: sentence('resident-short-title'),
          start_url: '/',
          scope: '/',
          display: 'standalone',
          icons: [{ src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' }],
        }),
      })
    },
  }
}

function read(locales: string, language: string): FluentBundle {
  const bundle = new FluentBundle(language)
  bundle.addResource(new FluentResource(readFileSync(join(locales, language, 'web.ftl'), 'utf8')))
  return bundle
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
}
