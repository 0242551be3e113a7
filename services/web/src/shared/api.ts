import { sentences } from './sentences.svelte.ts'

/** What an answer of type `application/problem+json` says. */
export interface ProblemBody {
  type?: string
  title: string
  status: number
  detail?: string
  code: string
  errors?: { pointer: string; detail: string }[]
}

/** A refusal of the server, in words that the server wrote for people. */
export class Problem extends Error {
  readonly body: ProblemBody
  readonly retryAfter: number | null

  constructor(body: ProblemBody, retryAfter: number | null = null) {
    super(body.title)
    this.body = body
    this.retryAfter = retryAfter
  }

  /** Says whether the same request may succeed later without being changed. */
  get passing(): boolean {
    return this.body.status >= 500 || this.body.status === 429 || this.body.status === 408
  }
}

/** No answer at all: no network, or the server is away. */
export class Unreachable extends Error {}

/** An answer with the tag that names its version. */
export interface Tagged<T> {
  body: T
  etag: string | null
  next: string | null
}

export interface Ask {
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  json?: unknown
  bytes?: Blob
  headers?: Record<string, string>
  /** Whoever can end the question says how long it may take, too. */
  signal?: AbortSignal
}

/** Longer than the gateway's own limit for an answer; photos over a slow line get minutes. */
const PATIENCE = { answer: 20_000, upload: 180_000 }

/** Asks the city's API and returns the answer's body with its ETag, or throws Problem or Unreachable. */
export async function askTagged<T>(path: string, ask: Ask = {}): Promise<Tagged<T>> {
  const headers: Record<string, string> = { 'Accept-Language': sentences.language, ...ask.headers }
  if (ask.json !== undefined) headers['Content-Type'] = 'application/json'
  else if (ask.bytes) headers['Content-Type'] = ask.bytes.type
  const answer = await reach(path, {
    method: ask.method ?? 'GET',
    headers,
    body: ask.json !== undefined ? JSON.stringify(ask.json) : (ask.bytes ?? null),
    signal: ask.signal ?? AbortSignal.timeout(ask.bytes ? PATIENCE.upload : PATIENCE.answer),
  })
  if (!answer.ok) throw await problemOf(answer)
  return {
    body: await bodyOf<T>(answer),
    etag: answer.headers.get('ETag'),
    next: nextOf(answer.headers.get('Link')),
  }
}

/** Asks the city's API and returns the answer's body. */
export async function ask<T>(path: string, asking: Ask = {}): Promise<T> {
  return (await askTagged<T>(path, asking)).body
}

/** Turns whatever was thrown into a problem that can be shown. */
export function asProblem(failure: unknown): Problem {
  if (failure instanceof Problem) return failure
  return new Problem({
    title: sentences.t('unreachable-title'),
    detail: sentences.t('unreachable-detail'),
    status: 0,
    code: 'unreachable',
  })
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new Unreachable(path, { cause })
  }
}

/** A body that breaks off is no answer: whoever asked must ask again. */
async function bodyOf<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  try {
    return (await answer.json()) as T
  } catch (cause) {
    throw new Unreachable('broken answer', { cause })
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const after = Number(answer.headers.get('Retry-After'))
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null
  if (answer.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    const body = (await answer.json().catch(() => null)) as ProblemBody | null
    if (body?.title) return new Problem({ ...body, status: answer.status }, retryAfter)
  }
  return new Problem(
    { title: sentences.t('unexpected-title'), detail: sentences.t('unexpected-detail'), status: answer.status, code: 'unexpected' },
    retryAfter,
  )
}

/** Reads the address of the next page out of a Link header, as a path on the own origin. */
export function nextOf(link: string | null): string | null {
  const found = link?.match(/<([^>]+)>\s*;[^,]*rel="?next"?/)?.[1]
  if (!found) return null
  const url = new URL(found, globalThis.location?.href ?? 'http://localhost')
  return url.pathname + url.search
}
