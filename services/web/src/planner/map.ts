/** The planner's map: districts in tones, requests as counted circles from afar and as points nearby. */
import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre, MapLayerMouseEvent, VectorTileSource } from 'maplibre-gl'
import type { Position } from '../shared/contract.ts'
import { accentOf, createMap, type Theme } from '../shared/map/create.ts'
import { type District, middleOf } from './features.ts'
import { type Row, toneOf } from './figures.ts'
import type { Sort } from './question.ts'

export interface PlannerMap {
  /** Shows the requests of a filter; without their numbers from afar where districts have them. */
  showRequests(filter: string, withClusters: boolean): void
  /** Draws the borders, and tones where rows are compared. */
  showDistricts(districts: District[], compared: Compared | null): void
  markDistrict(key: string | null): void
  /** Marks a request and goes there. */
  showChosen(request: (Position & { id: string }) | null): void
  close(): void
}

export interface Told {
  chosen(id: string): void
  district(key: string | null): void
  moved(place: string): void
}

interface Compared {
  rows: Row[]
  sort: Sort
  tones: { from: number; to: number }[]
}

/** What is drawn; a change of theme draws it all anew. */
interface Shown {
  filter: string
  withClusters: boolean
  districts: FeatureCollection
  names: FeatureCollection
  marked: string
  chosen: FeatureCollection
}

const CLOSE = 17
/** The tones of districts, as in Legend.svelte. */
const OPACITY = [0.1, 0.27, 0.44, 0.61, 0.78]
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }
const IS_CLUSTER: ExpressionSpecification = ['has', 'count']
const IS_OPEN: ExpressionSpecification = ['in', ['get', 'status'], ['literal', ['received', 'in_review', 'in_progress']]]
const INK = { light: '#142022', dark: '#e9efef' }
const SURFACE = { light: '#ffffff', dark: '#1c2426' }
const ON_ACCENT = { light: '#ffffff', dark: '#0d1517' }

/** Opens the map at a place, or on the whole city. */
export async function openPlannerMap(container: HTMLElement, at: { position: Position; zoom: number } | undefined, told: Told): Promise<PlannerMap> {
  const shown: Shown = { filter: '', withClusters: true, districts: NOTHING, names: NOTHING, marked: '', chosen: NOTHING }
  const map = await createMap(container, { at, dress: (map, theme) => dress(map, theme, shown) })
  listen(map, told)
  return handle(map, shown)
}

function tilesOf(filter: string): string[] {
  return [`${location.origin}/ogc/collections/requests/tiles/WebMercatorQuad/{z}/{y}/{x}?${filter}`]
}

function dress(map: MapLibre, theme: Theme, shown: Shown): void {
  const accent = accentOf(theme)
  // Without glyphs of its own the map writes with the reader's fonts.
  const text = { 'text-font': fontOf(map), 'text-size': 13 }
  map.addSource('planner-districts', { type: 'geojson', data: shown.districts })
  map.addSource('planner-names', { type: 'geojson', data: shown.names })
  map.addSource('planner-requests', { type: 'vector', tiles: tilesOf(shown.filter), minzoom: 0, maxzoom: 16 })
  map.addSource('planner-chosen', { type: 'geojson', data: shown.chosen })
  map.addLayer({ id: 'planner-tones', type: 'fill', source: 'planner-districts', paint: { 'fill-color': accent, 'fill-opacity': ['get', 'opacity'] } })
  map.addLayer({
    id: 'planner-borders',
    type: 'line',
    source: 'planner-districts',
    paint: { 'line-color': accent, 'line-width': 1.2, 'line-opacity': 0.6, 'line-dasharray': [3, 2] },
  })
  map.addLayer({
    id: 'planner-marked',
    type: 'line',
    source: 'planner-districts',
    filter: ['==', ['get', 'key'], shown.marked],
    paint: { 'line-color': INK[theme], 'line-width': 3 },
  })
  map.addLayer({
    id: 'planner-clusters',
    type: 'circle',
    source: 'planner-requests',
    'source-layer': 'requests',
    filter: IS_CLUSTER,
    layout: { visibility: shown.withClusters ? 'visible' : 'none' },
    paint: {
      'circle-color': accent,
      'circle-opacity': 0.85,
      'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 9, 5, 14, 15, 22, 40, 32],
      'circle-stroke-width': 1.5,
      'circle-stroke-color': SURFACE[theme],
    },
  })
  map.addLayer({
    id: 'planner-cluster-counts',
    type: 'symbol',
    source: 'planner-requests',
    'source-layer': 'requests',
    filter: IS_CLUSTER,
    layout: {
      ...text,
      visibility: shown.withClusters ? 'visible' : 'none',
      'text-field': ['to-string', ['get', 'count']],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': ON_ACCENT[theme] },
  })
  map.addLayer({
    id: 'planner-points',
    type: 'circle',
    source: 'planner-requests',
    'source-layer': 'requests',
    filter: ['!', IS_CLUSTER],
    paint: {
      'circle-color': ['case', IS_OPEN, accent, SURFACE[theme]],
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 14, 5, 17, 8],
      'circle-stroke-width': 2,
      'circle-stroke-color': ['case', IS_OPEN, SURFACE[theme], accent],
    },
  })
  map.addLayer({
    id: 'planner-names',
    type: 'symbol',
    source: 'planner-names',
    maxzoom: 15,
    layout: { ...text, 'text-field': ['get', 'words'], 'text-line-height': 1.25, 'text-allow-overlap': true },
    paint: { 'text-color': INK[theme], 'text-halo-color': SURFACE[theme], 'text-halo-width': 1.8 },
  })
  map.addLayer({
    id: 'planner-chosen',
    type: 'circle',
    source: 'planner-chosen',
    paint: { 'circle-radius': 13, 'circle-color': 'transparent', 'circle-stroke-width': 4, 'circle-stroke-color': INK[theme] },
  })
}

/** The font of the style's own names, so that its glyphs have it too. */
function fontOf(map: MapLibre): string[] {
  if (!map.getStyle().glyphs) return ['system-ui', 'sans-serif']
  for (const layer of map.getStyle().layers) {
    const font: unknown = layer.type === 'symbol' && layer.layout?.['text-font']
    if (Array.isArray(font) && font.every((name) => typeof name === 'string')) return font as string[]
  }
  return ['system-ui', 'sans-serif']
}

function listen(map: MapLibre, told: Told): void {
  const easing = { animate: !matchMedia('(prefers-reduced-motion: reduce)').matches }
  map.on('click', 'planner-points', (event: MapLayerMouseEvent) => {
    const id: unknown = event.features?.[0]?.properties['id']
    if (typeof id === 'string') told.chosen(id)
  })
  map.on('click', 'planner-clusters', (event: MapLayerMouseEvent) => {
    map.easeTo({ center: event.lngLat, zoom: Math.min(map.getZoom() + 2, 17), ...easing })
  })
  map.on('mousemove', 'planner-tones', (event: MapLayerMouseEvent) => {
    const key: unknown = event.features?.[0]?.properties['key']
    told.district(typeof key === 'string' ? key : null)
  })
  map.on('mouseleave', 'planner-tones', () => told.district(null))
  for (const layer of ['planner-points', 'planner-clusters']) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
  }
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter()
    told.moved(`${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`)
  })
}

function handle(map: MapLibre, shown: Shown): PlannerMap {
  const draw = (source: string, data: FeatureCollection) => map.getSource<GeoJSONSource>(source)?.setData(data)
  return {
    showRequests(filter, withClusters) {
      const isNew = filter !== shown.filter
      Object.assign(shown, { filter, withClusters })
      if (isNew) map.getSource<VectorTileSource>('planner-requests')?.setTiles(tilesOf(filter))
      for (const layer of ['planner-clusters', 'planner-cluster-counts'])
        if (map.getLayer(layer)) map.setLayoutProperty(layer, 'visibility', withClusters ? 'visible' : 'none')
    },
    showDistricts(districts, compared) {
      shown.districts = inTones(districts, compared)
      shown.names = compared ? named(districts, compared) : NOTHING
      draw('planner-districts', shown.districts)
      draw('planner-names', shown.names)
    },
    markDistrict(key) {
      shown.marked = key ?? ''
      if (map.getLayer('planner-marked')) map.setFilter('planner-marked', ['==', ['get', 'key'], shown.marked])
    },
    showChosen(request) {
      shown.chosen = request ? pointOf(request) : NOTHING
      draw('planner-chosen', shown.chosen)
      if (!request) return
      const zoom = Math.max(map.getZoom(), CLOSE)
      map.easeTo({ center: [request.longitude, request.latitude], zoom, animate: !matchMedia('(prefers-reduced-motion: reduce)').matches })
    },
    close: () => map.remove(),
  }
}

function inTones(districts: District[], compared: Compared | null): FeatureCollection {
  const opacity = (key: string) => {
    const row = compared?.rows.find((row) => row.key === key)
    return OPACITY[row && compared ? toneOf(row[compared.sort], compared.tones) : -1] ?? 0
  }
  return {
    type: 'FeatureCollection',
    features: districts.map(({ id, geometry }) => ({
      type: 'Feature',
      properties: { key: String(id), opacity: opacity(String(id)) },
      geometry,
    })),
  }
}

function named(districts: District[], { rows, sort }: Compared): FeatureCollection {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 })
  return {
    type: 'FeatureCollection',
    features: districts.map(({ id, geometry, properties }) => {
      const worth = rows.find((row) => row.key === String(id))?.[sort]
      const words = worth === undefined || worth === null ? properties.name : `${properties.name}\n${number.format(worth)}`
      return { type: 'Feature', properties: { words }, geometry: { type: 'Point', coordinates: middleOf(geometry) } }
    }),
  }
}

function pointOf({ longitude, latitude }: Position): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [longitude, latitude] } }],
  }
}
