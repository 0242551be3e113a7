// Keeps three promises that no compiler keeps: every sentence comes from proto/locales, every language says
// all of them, and no style names a physical side. Prints each fault and ends with 1 if there is any.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { FluentResource } from '@fluent/bundle'
import { parse } from 'svelte/compiler'

const WEB = resolve(import.meta.dirname, '..')
const LOCALES = resolve(WEB, '../../proto/locales')
const FILES = ['web', 'resident', 'console', 'planner']
const MOST_LINES = { svelte: 200, ts: 500, css: 500, mjs: 500 }
/** Attributes that people read or hear. */
const SPOKEN = new Set(['alt', 'title', 'label', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext'])
const PHYSICAL = /(?:^|[\s;{])((?:(?:margin|padding|border|inset|scroll-(?:margin|padding))-)?(?:left|right|top|bottom)(?:-[a-z-]+)?)\s*:|(?:text-align|float|clear)\s*:\s*(left|right)/g

const faults = []
const fault = (file, text) => faults.push(`${relative(WEB, file)}: ${text}`)

function filesUnder(folder, ...endings) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

/** Finds literal words and inline styles in the markup of one component. */
function checkMarkup(file, source) {
  const visit = (node, reads) => {
    if (!node || typeof node !== 'object') return
    if (node.type === 'Text' && reads && /\p{L}{2,}/u.test(node.data)) fault(file, `literal text "${node.data.trim()}"`)
    if (node.type === 'Attribute' && node.name === 'style') fault(file, 'inline style attribute')
    if (node.type === 'StyleDirective') fault(file, 'style directive')
    if (node.type === 'HtmlTag') fault(file, '{@html} takes text as markup')
    const inside = node.type === 'Attribute' ? SPOKEN.has(node.name) : reads
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) value.forEach((one) => visit(one, inside))
      else if (value && typeof value === 'object') visit(value, inside)
    }
  }
  visit(parse(source, { modern: true, filename: file }).fragment, true)
}

function checkSides(file, css) {
  for (const match of css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(PHYSICAL)) fault(file, `physical side in "${match[0].trim()}"`)
}

/** The sentences of one language: key → variables. */
function sentencesOf(language) {
  const found = new Map()
  for (const name of FILES) {
    const source = readFileSync(join(LOCALES, language, `${name}.ftl`), 'utf8')
    const declared = source.match(/^[a-zA-Z][\w-]*(?= *=)/gm) ?? []
    const read = new FluentResource(source).body
    if (declared.length !== read.length) fault(join(LOCALES, language, `${name}.ftl`), 'a sentence cannot be read')
    for (const { id, value } of read) {
      if (found.has(id)) fault(join(LOCALES, language, `${name}.ftl`), `"${id}" is there twice`)
      found.set(id, variablesIn(value))
    }
  }
  return found
}

function variablesIn(value) {
  const names = [...JSON.stringify(value ?? '').matchAll(/"type":"var","name":"(\w+)"/g)].map((match) => match[1])
  return [...new Set(names)].sort().join()
}

const languages = readdirSync(LOCALES).filter((language) => {
  const there = readdirSync(join(LOCALES, language))
  return FILES.every((name) => there.includes(`${name}.ftl`))
})
const sentences = new Map(languages.map((language) => [language, sentencesOf(language)]))
const used = new Set()
const prefixes = new Set()

for (const file of filesUnder(join(WEB, 'src'), '.svelte', '.ts', '.css')) {
  const source = readFileSync(file, 'utf8')
  const lines = source.split('\n').length
  const most = MOST_LINES[file.split('.').at(-1)]
  if (lines > most) fault(file, `${lines} lines, ${most} at most`)
  if (file.endsWith('.svelte')) {
    checkMarkup(file, source)
    checkSides(file, source.match(/<style>([\s\S]*)<\/style>/)?.[1] ?? '')
  }
  if (file.endsWith('.css')) checkSides(file, source)
  for (const [, call] of source.matchAll(/\b(?:t|say)\(([^()]*)/g))
    for (const [quoted, key] of call.matchAll(/'([a-z][\w-]+)'/g)) {
      // A plain word inside a condition is a value, not a key.
      if (key.includes('-') || call.startsWith(quoted) || /(?:[^?]\?|:) *$/.test(call.slice(0, call.indexOf(quoted)))) used.add(key)
    }
  for (const [, prefix] of source.matchAll(/\bt\(`([a-z-]+-)\$\{/g)) prefixes.add(prefix)
  // Keys that stand in a table before they are said.
  for (const [, key] of source.matchAll(/'((?:told|help|step|template)-[\w-]+)'/g)) used.add(key)
}
for (const file of [join(WEB, 'index.html'), join(WEB, 'console/index.html'), join(WEB, 'planner/index.html'), join(WEB, 'build/sentences-in-html.ts')]) {
  const source = readFileSync(file, 'utf8')
  if (file.endsWith('.html')) for (const [, key] of source.matchAll(/%[a-z]+:([\w-]+)%/g)) used.add(key)
  for (const [, key] of source.matchAll(/sentence\('([\w-]+)'\)/g)) used.add(key)
  const spoken = source.replace(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g, '')
  if (file.endsWith('.html') && />[^<%]*\p{L}{2,}[^<%]*</u.test(spoken)) fault(file, 'literal text')
}

const isUsed = (key) => used.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix))
for (const [language, there] of sentences) {
  const file = join(LOCALES, language)
  for (const [other, theirs] of sentences)
    for (const [key, variables] of theirs) {
      if (!there.has(key)) fault(file, `"${key}" is missing, ${other} has it`)
      else if (there.get(key) !== variables) fault(file, `"${key}" has other variables than in ${other}`)
    }
  for (const key of used) if (!there.has(key)) fault(file, `"${key}" is used but missing`)
  for (const key of there.keys()) if (!isUsed(key)) fault(file, `"${key}" is never used`)
}

for (const line of new Set(faults)) console.error(line)
console.log(`${languages.join(', ')}: ${sentences.get(languages[0])?.size ?? 0} sentences, ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)
