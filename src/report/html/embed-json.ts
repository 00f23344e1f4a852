/**
 * Data as JSON that may stand inside a script element: without `<` there is neither `</script>` nor `<!--`, and the
 * two separators that JSON allows but old JavaScript did not are escaped (HTML Standard, 4.12.1.3).
 */
export function embedJson(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
