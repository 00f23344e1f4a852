/**
 * Quantities carry their unit in the type. A brand costs nothing at run time; it only stops a
 * rate from being passed where a time is meant.
 */
declare const unit: unique symbol
type Quantity<Name extends string> = number & { readonly [unit]: Name }

/** A duration, or an instant counted from the start of the trial. Exact in a double for 104 days. */
export type Nanoseconds = Quantity<'ns'>
export type RatePerSecond = Quantity<'1/s'>
export type Bytes = Quantity<'B'>
/** A part of a whole, 0 to 1. */
export type Share = Quantity<'1'>

const finite = (value: number, name: string): number => {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, got ${value}`)
  return value
}

export const nanoseconds = (value: number): Nanoseconds => finite(value, 'a time in ns') as Nanoseconds
export const milliseconds = (value: number): Nanoseconds => nanoseconds(value * 1e6)
export const seconds = (value: number): Nanoseconds => nanoseconds(value * 1e9)
export const perSecond = (value: number): RatePerSecond => finite(value, 'a rate in 1/s') as RatePerSecond
export const bytes = (value: number): Bytes => finite(value, 'a size in bytes') as Bytes
export const share = (value: number): Share => finite(value, 'a share') as Share

export const toSeconds = (time: Nanoseconds): number => time / 1e9
export const toMilliseconds = (time: Nanoseconds): number => time / 1e6
