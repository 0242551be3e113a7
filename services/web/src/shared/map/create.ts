/** A MapLibre map with the city's style; loaded only when somebody opens one, because MapLibre weighs more than the page. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { type LngLatBoundsLike, Map as MapLibre, NavigationControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { ask } from '../api.ts'
import { city } from '../city.svelte.ts'
import type { Position } from '../contract.ts'
import { sentences } from '../sentences.svelte.ts'

setWorkerUrl(workerUrl)

export type Theme = 'light' | 'dark'

export interface MapOptions {
  /** Where the map begins; without it, on the whole city. */
  at?: { position: Position; zoom: number } | undefined
  /**
   * Adds the page's own sources and layers.
   *
   * Called whenever a style is in place: once before `createMap` answers, and anew after each change of theme,
   * because a new style begins empty.
   */
  dress?: ((map: MapLibre, theme: Theme) => void) | undefined
}

const DARK = '(prefers-color-scheme: dark)'

/** The theme that the reader's system asks for. */
export function themeNow(): Theme {
  return matchMedia(DARK).matches ? 'dark' : 'light'
}

/** Where the city's style lies. */
export function mapStyle(theme: Theme): string {
  return `/map/style.json?theme=${theme}`
}

/** The tone of the city's accent colour that reads well on a map of `theme`. */
export function accentOf(theme: Theme): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--accent-${theme}`).trim()
}

/** Opens a map in `container`; it follows the reader's theme until it is removed. */
export async function createMap(container: HTMLElement, options: MapOptions = {}): Promise<MapLibre> {
  let theme = themeNow()
  const style = await styleOf(theme)
  await sized(container)
  const map = new MapLibre({
    container,
    style,
    ...startOf(options),
    minZoom: 9,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: { compact: true },
    locale: {
      'Map.Title': sentences.t('map-title'),
      'NavigationControl.ZoomIn': sentences.t('map-zoom-in'),
      'NavigationControl.ZoomOut': sentences.t('map-zoom-out'),
      'AttributionControl.ToggleAttribution': sentences.t('map-attribution'),
    },
  })
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  await new Promise<void>((ready) => void map.once('load', () => ready()))
  options.dress?.(map, theme)

  const system = matchMedia(DARK)
  const follow = async () => {
    theme = themeNow()
    const asked = theme
    const style = await styleOf(asked).catch(() => null)
    // Without a network the map keeps its old colours; a later change overtakes an earlier one.
    if (!style || asked !== theme || gone) return
    map.setStyle(style, { diff: false })
    map.once('style.load', () => options.dress?.(map, asked))
  }
  let gone = false
  system.addEventListener('change', follow)
  map.once('remove', () => {
    gone = true
    system.removeEventListener('change', follow)
  })
  return map
}

/** Waits until `container` is laid out: MapLibre takes 400 × 300 pixels for a size of nothing and may stay with it. */
function sized(container: HTMLElement): Promise<void> {
  return new Promise((ready) => {
    const observer = new ResizeObserver(() => {
      if (container.clientWidth === 0 || container.clientHeight === 0) return
      observer.disconnect()
      ready()
    })
    observer.observe(container)
  })
}

function styleOf(theme: Theme): Promise<StyleSpecification> {
  return ask<StyleSpecification>(mapStyle(theme))
}

function startOf({ at }: MapOptions) {
  if (at) return { center: [at.position.longitude, at.position.latitude] as [number, number], zoom: at.zoom }
  const facts = city.facts
  if (facts?.bounds) return { bounds: facts.bounds as LngLatBoundsLike, fitBoundsOptions: { padding: 12 } }
  return { center: facts?.center ?? ([0, 0] as [number, number]), zoom: 12 }
}
