/** How the queue learns of changes: told by the server, or by asking from time to time. */
export type Liveness = 'off' | 'told' | 'asking'

const PATH = '/v1/queue/changes'
/** A burst of changes is one reason to look. */
const BURST = 150
/** How often the queue asks while nobody tells it. */
const ASK = 15_000
/** When it tries to be told again; a browser does so itself only while the server answers. */
const AGAIN = 30_000

/**
 * Follows the queue while the page can be seen.
 *
 * A hidden page lets go: a browser keeps few connections to one server, and another tab may need them.
 */
class Live {
  state = $state<Liveness>('off')
  #source: EventSource | null = null
  #asking: ReturnType<typeof setInterval> | undefined
  #again: ReturnType<typeof setTimeout> | undefined
  #burst: ReturnType<typeof setTimeout> | undefined
  #changed = new Set<string>()
  #look: (changed: ReadonlySet<string>) => void = () => undefined

  /** Calls `look` with the requests that changed, and with none after every gap. Returns how to stop. */
  follow(look: (changed: ReadonlySet<string>) => void): () => void {
    this.#look = look
    const turned = () => (document.hidden ? this.#stop() : this.#start())
    document.addEventListener('visibilitychange', turned)
    turned()
    return () => {
      document.removeEventListener('visibilitychange', turned)
      this.#stop()
    }
  }

  #start(): void {
    this.#stop()
    const source = new EventSource(PATH)
    this.#source = source
    source.onopen = () => {
      clearInterval(this.#asking)
      this.state = 'told'
      // Whatever happened before the stream stood.
      this.#soon()
    }
    source.addEventListener('changed', (event) => {
      const told = JSON.parse(event.data) as { service_request_id: string }
      this.#soon(told.service_request_id)
    })
    source.onerror = () => {
      this.state = 'asking'
      clearInterval(this.#asking)
      this.#asking = setInterval(() => this.#soon(), ASK)
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(this.#again)
        this.#again = setTimeout(() => this.#start(), AGAIN)
      }
    }
  }

  #stop(): void {
    this.#source?.close()
    this.#source = null
    clearInterval(this.#asking)
    clearTimeout(this.#again)
    clearTimeout(this.#burst)
    this.#burst = undefined
    this.state = 'off'
  }

  #soon(id?: string): void {
    if (id) this.#changed.add(id)
    this.#burst ??= setTimeout(() => {
      const changed = this.#changed
      this.#changed = new Set()
      this.#burst = undefined
      this.#look(changed)
    }, BURST)
  }
}

export const live = new Live()
