import '../shared/tokens.css'
import '../shared/base.css'
import { mount } from 'svelte'
import { sentences } from '../shared/sentences.svelte.ts'
import { home } from './home.svelte.ts'
import App from './App.svelte'

await sentences.open('resident')
const target = document.getElementById('page')
if (target) mount(App, { target })

// Without a service worker the page works all the same, only not offline.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // The answers of the very first visit came before the worker did: asked again, it remembers them.
  if (!navigator.serviceWorker.controller)
    navigator.serviceWorker.addEventListener('controllerchange', () => void home.load(), { once: true })
  navigator.serviceWorker.register('/worker.js').catch(() => undefined)
}
