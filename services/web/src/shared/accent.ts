/** A colour as red, green and blue, each from 0 to 1. */
type Colour = [number, number, number]

const WHITE: Colour = [1, 1, 1]

/** The surface colours on which text in the accent colour stands, as in tokens.css. */
const SURFACE = { light: '#f4f6f6', dark: '#1c2426' }
/** WCAG asks for 4.5; the rest is reserve for tinted surfaces. */
const ENOUGH = 5

/** Finds the tones of a city's accent colour that are readable on the light and on the dark surface. */
export function accentTones(hex: string): { light: string; dark: string } | null {
  const colour = parse(hex)
  if (!colour) return null
  return {
    light: write(readable(colour, [0, 0, 0], SURFACE.light)),
    dark: write(readable(colour, WHITE, SURFACE.dark)),
  }
}

/** The contrast of two colours by WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one) ?? WHITE), luminance(parse(other) ?? WHITE)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function readable(colour: Colour, towards: Colour, surface: string): Colour {
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = colour.map((part, i) => part + ((towards[i] ?? 0) - part) * share) as Colour
    if (contrast(write(mixed), surface) >= ENOUGH) return mixed
  }
  return towards
}

function parse(hex: string): Colour | null {
  const digits = hex.match(/^#([0-9a-f]{6})$/i)?.[1]
  return digits ? ([0, 2, 4].map((i) => parseInt(digits.slice(i, i + 2), 16) / 255) as Colour) : null
}

function write(colour: Colour): string {
  return `#${colour.map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}
