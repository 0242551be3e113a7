import '../shared/tokens.css'
import '../shared/base.css'
import './planner.css'
import { mount } from 'svelte'
import { sentences } from '../shared/sentences.svelte.ts'
import App from './App.svelte'

await sentences.open('planner')
const target = document.getElementById('page')
if (target) mount(App, { target })
