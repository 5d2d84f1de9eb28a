import { run } from '#src/platform/db.ts'
import type { TestDatabase } from './database.ts'

/** Every table a request about dossiers could write, as text: two equal ones mean that nothing was changed in between. */
export async function stateOf({ owner }: TestDatabase): Promise<string> {
  const [row] = await run<{ state: string }>(
    owner,
    `SELECT jsonb_build_object(
       'dossiers', (SELECT jsonb_build_array(count(*), sum(version), md5(string_agg(d::text, '' ORDER BY id))) FROM dossier d),
       'events', (SELECT count(*) FROM dossier_event),
       'numbers', (SELECT sum(last) FROM dossier_counter),
       'papers', (SELECT count(*) FROM paper),
       'accounts', (SELECT count(*) FROM account))::text AS state`,
    [],
  )
  return row?.state ?? ''
}
