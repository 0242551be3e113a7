import assert from 'node:assert/strict'
import test from 'node:test'
import type { Feature, Polygon } from 'geojson'
import { listed, middleOf, nextPage, type RequestFeature } from '../src/planner/features.ts'
import { places, ranked, type Row, toneOf, tonesOf } from '../src/planner/figures.ts'
import { addressOf, asked, figuresOf, filterOf, narrowed, OPEN, placeOf, questionOf, widened } from '../src/planner/question.ts'

const NOW = new Date(2026, 2, 31, 9, 30)

const row = (key: string | null, count: number, per_1000: number | null): Row => ({
  key,
  name: key ?? 'nowhere',
  count,
  open: 0,
  per_1000,
  inhabitants: per_1000 === null ? null : 1000,
  median_days: null,
})

test('a question survives the way into the address and back, and the address says only what is not usual', () => {
  assert.equal(addressOf(questionOf('')), '')
  const search = 'service_group=litter&status=received,in_review,in_progress&period=own&from=2026-01-01&to=2026-02-28&by=district&sort=per_1000&view=figures&map=12.50/51.57160/6.98540'
  assert.equal(addressOf(questionOf(`?${search}`)), search)
})

test('what cannot be asked is left out of the question', () => {
  const question = questionOf('?by=secret&view=x&period=9y&sort=name&from=1.1.2026&map=1/2&request=..%2Fx&service_group=litter')
  assert.equal(addressOf(question), 'service_group=litter')
})

test('a period begins at midnight of the reader and has an open end', () => {
  const midnight = (year: number, month: number, day: number) => new Date(year, month, day).toISOString()
  const span = (search: string) => filterOf(questionOf(search), NOW).get('datetime')
  assert.equal(span(''), `${midnight(2024, 2, 31)}/..`)
  assert.equal(span('?period=12m'), `${midnight(2025, 2, 31)}/..`)
  assert.equal(span('?period=30d'), `${midnight(2026, 2, 1)}/..`)
  assert.equal(filterOf(questionOf(''), new Date(2028, 1, 29)).get('datetime'), `${midnight(2026, 1, 28)}/..`)
})

test('own days count whole, and an end may be left open', () => {
  const span = (search: string) => filterOf(questionOf(`?period=own&${search}`), NOW).get('datetime')?.split('/')
  assert.deepEqual(span('from=2026-01-01&to=2026-01-31'), [new Date(2026, 0, 1).toISOString(), new Date(2026, 1, 1, 0, 0, 0, -1).toISOString()])
  assert.deepEqual(span('to=2026-01-31')?.[0], '..')
  assert.deepEqual(span('from=2026-01-01')?.[1], '..')
  const [from, to] = span('from=2026-02-01&to=2026-01-01') ?? []
  assert.equal(from, to, 'a span that ends before it begins is empty, not an error of the server')
})

test('figures, list and tiles are asked with the same filter', () => {
  const question = questionOf('?service_group=litter&district=mitte&by=district&view=figures')
  const filter = filterOf(question, NOW)
  const figures = new URL(figuresOf(question, NOW), 'http://x')
  assert.equal(figures.pathname, '/v1/statistics/requests')
  assert.equal(figures.searchParams.get('by'), 'district')
  assert.equal(figures.searchParams.get('interval'), 'month')
  for (const [name, value] of filter) assert.equal(figures.searchParams.get(name), value)
  assert.equal(new URL(figuresOf(question, NOW, { format: 'csv' }), 'http://x').searchParams.get('interval'), null)
  assert.equal(figuresOf(questionOf(''), NOW).includes('by='), false)
})

test('a prepared question forgets the one before and keeps the place on the map', () => {
  const before = questionOf('?service_group=roads&status=done&request=018f0000-0000-7000-8000-000000000000&map=13/51.5/7')
  assert.equal(addressOf(asked({ service_group: 'litter', by: 'district', view: 'figures' }, before)), 'service_group=litter&by=district&view=figures&map=13/51.5/7')
  assert.equal(narrowed(questionOf(`?status=${OPEN}&period=30d&by=status`)), 2)
  assert.equal(addressOf(widened(questionOf('?status=done&period=30d&by=status&view=figures'))), 'by=status&view=figures')
})

test('a place on the map is one on the earth', () => {
  assert.deepEqual(placeOf('12.5/51.57/6.98'), { position: { longitude: 6.98, latitude: 51.57 }, zoom: 12.5 })
  assert.equal(placeOf(''), undefined)
  assert.equal(placeOf('12/91/7'), undefined)
})

test('rows are ranked by what is compared; equals share a place, and no district stands last', () => {
  const rows = [row('a', 5, 1), row(null, 9, null), row('b', 5, 2.5), row('c', 1, 2.5), row('d', 7, null)]
  const byCount = ranked(rows, 'count')
  assert.deepEqual(byCount.map(({ key }) => key), ['d', 'a', 'b', 'c', null])
  assert.deepEqual(places(byCount, 'count'), [1, 2, 2, 4, null])
  const byPeople = ranked(rows, 'per_1000')
  assert.deepEqual(byPeople.map(({ key }) => key), ['b', 'c', 'a', 'd', null])
  assert.deepEqual(places(byPeople, 'per_1000'), [1, 1, 3, null, null])
})

test('every number has one tone, and the steps neither overlap nor leave a gap', () => {
  for (const most of [1, 2, 4, 5, 7, 23, 412, 9800]) {
    const tones = tonesOf([row('a', most, null), row('b', 0, null)], 'count')
    assert.ok(tones.length > 0 && tones.length <= 5, String(most))
    assert.equal(tones[0]?.from, 0)
    tones.slice(1).forEach((tone, i) => assert.equal(tone.from, (tones[i]?.to ?? 0) + 1))
    for (let number = 0; number <= most; number += Math.max(1, Math.floor(most / 50))) assert.ok(toneOf(number, tones) >= 0, `${number} of ${most}`)
    assert.equal(toneOf(most, tones), tones.length - 1)
  }
  const people = tonesOf([row('a', 9, 34.7), row('b', 1, 0.4)], 'per_1000')
  assert.deepEqual(people.map(({ to }) => to), [7, 14, 21, 28, 35])
  assert.equal(toneOf(null, people), -1)
  assert.deepEqual(tonesOf([row('a', 0, 0), row(null, 5, null)], 'count'), [])
})

test('a feature becomes a row, and the next page stays on the own origin', () => {
  const feature = {
    type: 'Feature',
    id: 'x',
    geometry: { type: 'Point', coordinates: [7, 51] },
    properties: { reference: 'GLA-1', service_code: 'a', status: 'done', agency_responsible: null, nearest_address: 'Weg 1', requested_datetime: 'z' },
  } as RequestFeature
  const { id, longitude, latitude, nearest_address } = listed(feature)
  assert.deepEqual([id, longitude, latitude, nearest_address], ['x', 7, 51, 'Weg 1'])
  const page = { type: 'FeatureCollection' as const, features: [], links: [{ rel: 'next', href: 'https://city.example/ogc/x?cursor=1' }] }
  assert.equal(nextPage(page), '/ogc/x?cursor=1')
  assert.equal(nextPage({ ...page, links: [] }), null)
})

test('a name is written in the middle of the largest part', () => {
  const square = (x: number, y: number, side: number) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
  const one = { type: 'Polygon', coordinates: [square(6, 51, 2)] } as Polygon
  assert.deepEqual(middleOf(one), [7, 52])
  assert.deepEqual(middleOf({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(6, 51, 2)]] }), [7, 52])
  const flat: Feature<Polygon>['geometry'] = { type: 'Polygon', coordinates: [[[1, 2], [1, 2], [1, 2]]] }
  assert.deepEqual(middleOf(flat), [1, 2])
})
