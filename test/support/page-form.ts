/** What a browser would send of a page's main form with nothing typed into it. */
export function fieldsOf(html: string): Record<string, string> {
  const form = /<form[^>]*class="form"[\s\S]*?<\/form>/u.exec(html)?.[0] ?? ''
  const fields: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input[^>]*>/gu)) {
    const name = attribute(input, 'name')
    const type = attribute(input, 'type')
    if (!name || type === 'file' || ((type === 'radio' || type === 'checkbox') && !/\schecked/u.test(input))) continue
    fields[name] = attribute(input, 'value') ?? ''
  }
  for (const [, name = '', text = ''] of form.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</gu))
    fields[name] = text
  for (const [, name = '', options = ''] of form.matchAll(/<select[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/gu)) {
    const chosen = /<option[^>]*selected[^>]*>/u.exec(options)?.[0]
    fields[name] = (chosen && attribute(chosen, 'value')) ?? ''
  }
  return fields
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
