/** The map of the pages: the city, pins, and where the reader looks. */
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { Position } from '../contract.ts'
import { accentOf, createMap, type Theme } from './create.ts'
import { asFeatures } from './points.ts'

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
  let pins: Position[] = []
  const map = await createMap(container, {
    at: position ? { position, zoom: small ? SMALL : CLOSE } : undefined,
    dress: (map, theme) => addPins(map, theme, pins),
  })
  return {
    centre() {
      const { lng, lat } = map.getCenter()
      return { longitude: lng, latitude: lat }
    },
    box: () => map.getBounds().toArray().flat().map((part) => part.toFixed(6)).join(','),
    moveTo: ({ longitude, latitude }, zoom = CLOSE) => void map.jumpTo({ center: [longitude, latitude], zoom }),
    showPins(shown) {
      pins = shown
      map.getSource<GeoJSONSource>(PINS)?.setData(asFeatures(pins))
    },
    onMoved: (told) => void map.on('moveend', told),
    onPin: (told) =>
      void map.on('click', PINS, (event) => {
        const index: unknown = event.features?.[0]?.properties['index']
        if (typeof index === 'number') told(index)
      }),
    close: () => map.remove(),
  }
}

function addPins(map: MapLibre, theme: Theme, pins: Position[]): void {
  map.addSource(PINS, { type: 'geojson', data: asFeatures(pins) })
  map.addLayer({
    id: PINS,
    type: 'circle',
    source: PINS,
    paint: {
      'circle-radius': 8,
      'circle-color': accentOf(theme),
      'circle-stroke-width': 2.5,
      'circle-stroke-color': theme === 'dark' ? '#12181a' : '#ffffff',
    },
  })
}
