/** Four significant digits: more than a chart can show, and a third of the bytes. */
export const significant = (value: number): number => Number(value.toPrecision(4))
