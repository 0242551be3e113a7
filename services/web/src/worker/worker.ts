/**
 * Lets the resident page open without a network: the page itself, its hashed files, and the last
 * answers to the few questions it asks on opening. It never touches writes, personal pages or the console.
 */
declare const __SHELL__: string[]
declare const __VERSION__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const SHELL = `shell-${__VERSION__}`
const ANSWERS = 'answers-1'

/** Public answers that the page needs before it can ask anything. */
const REMEMBERED = /^\/v1\/(home|city|city\/boundary|city\/places|services)$/

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(__SHELL__))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (url.pathname.startsWith('/assets/')) return event.respondWith(fromCacheFirst(request))
  if (request.mode === 'navigate' && url.pathname === '/') return event.respondWith(networkFirst(SHELL, '/', request))
  if (REMEMBERED.test(url.pathname) && url.search === '') {
    // Two languages have two answers under one address.
    const language = request.headers.get('Accept-Language') ?? ''
    return event.respondWith(networkFirst(ANSWERS, `${url.pathname}?language=${encodeURIComponent(language)}`, request))
  }
})

async function forgetOldShells(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== SHELL && name !== ANSWERS).map((name) => caches.delete(name)))
}

async function fromCacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

async function networkFirst(store: string, key: string, request: Request): Promise<Response> {
  const cache = await caches.open(store)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(key, answer.clone())
    return answer
  } catch (failure) {
    const kept = await cache.match(key)
    if (kept) return kept
    throw failure
  }
}
