const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** Elements within a line; every other one begins a line of its own. */
const INLINE = /<\/?(?:a|abbr|b|code|em|i|kbd|small|span|strong|sub|sup|time)\b[^>]*>/g

/** What a reader of a page reads between `<main>` and `</main>`: its words line by line, without markup, style and scripts. */
export function pageText(page: string): string {
  const main = /<main\b[^>]*>([\s\S]*)<\/main>/.exec(page)?.[1] ?? ''
  const lines = main
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(INLINE, '')
    .split(/<[^>]*>/)
    .map(line => line.replaceAll(/&([a-z]+|#\d+);/g, (whole, name: string) => ENTITIES[name] ?? whole).trim())
  return `${lines.filter(line => line !== '').join('\n')}\n`
}
