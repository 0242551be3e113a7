/** The map, loaded only when somebody opens one: MapLibre weighs more than the rest of the page together. */
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Feature } from 'geojson'
import { type GeoJSONSource, Map as MapLibre, NavigationControl, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { ask } from '../api.ts'
import { city } from '../city.svelte.ts'
import type { City, Position } from '../contract.ts'
import { t } from '../sentences.svelte.ts'
import { asFeatures, ownStyle } from './style.ts'

setWorkerUrl(workerUrl)

const PINS = 'pins'
const CLOSE = 16
const SMALL = 14.5

export interface OpenMap {
  centre(): Position
  /** The visible part as an API's bbox. */
  box(): string
  moveTo(position: Position, zoom?: number): void
  showPins(pins: Position[]): void
  onMoved(told: () => void): void
  onPin(told: (index: number) => void): void
  close(): void
}

/** Opens a map in `container`, at `position` or on the whole city. */
export async function openMap(container: HTMLElement, position: Position | null, small = false): Promise<OpenMap> {
  await city.openPlaces()
  const boundary = await ask<Feature>('/v1/city/boundary')
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  const accent = getComputedStyle(document.documentElement).getPropertyValue(dark ? '--accent-dark' : '--accent-light')
  const facts = city.facts
  const map = new MapLibre({
    container,
    style: facts?.map_style ?? ownStyle(boundary, city.places, dark),
    ...(position
      ? { center: [position.longitude, position.latitude], zoom: small ? SMALL : CLOSE }
      : facts?.bounds
        ? { bounds: facts.bounds, fitBoundsOptions: { padding: 12 } }
        : { center: facts?.center ?? [0, 0], zoom: 12 }),
    minZoom: 9,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: false,
    attributionControl: { compact: true, customAttribution: sourcesOf(facts?.attribution ?? []) },
    locale: {
      'Map.Title': t('map-title'),
      'NavigationControl.ZoomIn': t('map-zoom-in'),
      'NavigationControl.ZoomOut': t('map-zoom-out'),
      'AttributionControl.ToggleAttribution': t('map-attribution'),
    },
  })
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  await new Promise<void>((ready) => void map.once('load', () => ready()))
  map.addSource(PINS, { type: 'geojson', data: asFeatures([]) })
  map.addLayer({
    id: PINS,
    type: 'circle',
    source: PINS,
    paint: { 'circle-radius': 8, 'circle-color': accent.trim(), 'circle-stroke-width': 2.5, 'circle-stroke-color': dark ? '#12181a' : '#ffffff' },
  })
  return handle(map)
}

/** Names of sources as text only: what the city wrote is never read as markup. */
function sourcesOf(attribution: City['attribution']): string[] {
  return attribution.map((source) => (typeof source === 'string' ? source : source.text).replace(/[<>&]/g, ''))
}

function handle(map: MapLibre): OpenMap {
  return {
    centre() {
      const { lng, lat } = map.getCenter()
      return { longitude: lng, latitude: lat }
    },
    box: () => map.getBounds().toArray().flat().map((part) => part.toFixed(6)).join(','),
    moveTo: ({ longitude, latitude }, zoom = CLOSE) => void map.jumpTo({ center: [longitude, latitude], zoom }),
    showPins: (pins) => void (map.getSource(PINS) as GeoJSONSource | undefined)?.setData(asFeatures(pins)),
    onMoved: (told) => void map.on('moveend', told),
    onPin: (told) =>
      void map.on('click', PINS, (event) => {
        const index: unknown = event.features?.[0]?.properties['index']
        if (typeof index === 'number') told(index)
      }),
    close: () => map.remove(),
  }
}
