import '../shared/tokens.css'
import '../shared/base.css'
import './console.css'
import { mount } from 'svelte'
import { sentences } from '../shared/sentences.svelte.ts'
import App from './App.svelte'

await sentences.open('console')
const target = document.getElementById('page')
if (target) mount(App, { target })
