import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'

type Loader = () => Promise<string>
/** The pages, each with a file of its own beside the one that they share. */
type Client = 'resident' | 'console' | 'planner'

/** Every sentence file that was built in, loaded only for the language that is read. */
const FILES = import.meta.glob<string>('../../../../proto/locales/*/{web,resident,console,planner}.ftl', {
  query: '?raw',
  import: 'default',
}) as Record<string, Loader>

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ckb', 'ps'])
const KEPT_AT = 'language'

/** The languages of which the sentences of `client` exist. */
function languagesOf(client: string): string[] {
  return Object.keys(FILES)
    .map((path) => path.match(/locales\/([^/]+)\/(\w+)\.ftl$/))
    .filter((match) => match?.[2] === client)
    .map((match) => match?.[1] ?? '')
}

/** The sentences that people read, in the language they chose. */
class Sentences {
  language = $state('de')
  #bundle = $state.raw(new FluentBundle('de'))
  #client: Client = 'resident'

  get direction(): 'ltr' | 'rtl' {
    return RIGHT_TO_LEFT.has(this.language.split('-')[0] ?? '') ? 'rtl' : 'ltr'
  }

  /** Languages of this client, the page's own first. */
  get languages(): string[] {
    return languagesOf(this.#client).sort((a, b) => Number(b === 'de') - Number(a === 'de') || a.localeCompare(b))
  }

  /** Loads the sentences of `client` in the language that was chosen before, or that the browser asks for. */
  async open(client: Client): Promise<void> {
    this.#client = client
    const wanted = [localStorage.getItem(KEPT_AT) ?? '', ...navigator.languages, ...navigator.languages.map((tag) => tag.split('-')[0] ?? '')]
    await this.#load(wanted.find((tag) => this.languages.includes(tag)) ?? 'de')
  }

  /** Changes the language at once; whatever was typed stays. */
  async choose(language: string): Promise<void> {
    localStorage.setItem(KEPT_AT, language)
    await this.#load(language)
  }

  /** Says the sentence `key`. */
  t = (key: string, values?: Record<string, FluentVariable>): string => {
    const message = this.#bundle.getMessage(key)
    if (!message?.value) return key
    return this.#bundle.formatPattern(message.value, values, [])
  }

  /** Says a language's name in that language. */
  nameOf(language: string): string {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  }

  async #load(language: string): Promise<void> {
    // Marks that isolate mixed directions are needed only where directions mix.
    const bundle = new FluentBundle(language, { useIsolating: RIGHT_TO_LEFT.has(language) })
    for (const file of ['web', this.#client]) {
      const text = await FILES[`../../../../proto/locales/${language}/${file}.ftl`]?.()
      if (text) bundle.addResource(new FluentResource(text))
    }
    this.#bundle = bundle
    this.language = language
    document.documentElement.lang = language
    document.documentElement.dir = this.direction
  }
}

export const sentences = new Sentences()
export const t = sentences.t
