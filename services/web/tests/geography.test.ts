import assert from 'node:assert/strict'
import test from 'node:test'
import { boxAround, metres, nearest, rounded } from '../src/shared/geography.ts'

const MARKET = { longitude: 6.9877, latitude: 51.5718 }

test('a hundredth of a degree to the north is 1,112 metres', () => {
  assert.equal(Math.round(metres(MARKET, { ...MARKET, latitude: MARKET.latitude + 0.01 })), 1112)
})

test('the nearest place names a position, and none that is far away does', () => {
  const places = [
    { name: 'near', longitude: 6.9887, latitude: 51.5718 },
    { name: 'nearer', longitude: 6.988, latitude: 51.5718 },
    { name: 'far', longitude: 7.1, latitude: 51.6 },
  ]
  assert.equal(nearest(MARKET, places)?.name, 'nearer')
  assert.equal(nearest({ longitude: 6.5, latitude: 51 }, places), null)
})

test('a box reaches as far as asked in each direction', () => {
  const [west = 0, south = 0, east = 0, north = 0] = boxAround(MARKET, 100).split(',').map(Number)
  assert.ok(Math.abs(metres({ longitude: west, latitude: 51.5718 }, MARKET) - 100) < 1)
  assert.ok(Math.abs(metres({ longitude: 6.9877, latitude: north }, MARKET) - 100) < 1)
  assert.ok(west < east && south < north)
})

test('positions are sent with seven decimals', () => {
  assert.deepEqual(rounded({ longitude: 6.98770000004, latitude: 51.57180009 }), { longitude: 6.9877, latitude: 51.5718001 })
})
