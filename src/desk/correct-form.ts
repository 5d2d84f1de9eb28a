import type { Dossier } from '#src/dossiers/dossier.ts'
import type { ComponentLine } from '#src/dossiers/intake.ts'
import { requirementsOf } from '#src/procedures/procedure.ts'
import type { CommandFacts, CommandField, CommandForm } from './command-field.ts'
import { deliveryText } from './dossier-facts.tsx'
import { writtenDown } from './form-input.ts'
import { countValues } from './paper-table.tsx'

/** What the desk wrote down, to be put right; only what was changed is recorded. */
export function correctForm({ t, read }: CommandFacts): CommandForm {
  const { dossier, procedure } = read
  const { cases } = procedure.content
  const mayChangeCase = dossier.state === 'received' && cases.length > 0
  const line = (name: string, vi: string, en: string, required = false): CommandField => ({
    is: 'line',
    name,
    label: t(vi, en),
    required,
    size: 'medium',
  })
  const method = (value: 'counter' | 'post' | 'electronic') => ({ value, label: deliveryText({ method: value }, t) })
  return {
    intro: t(
      'Sửa chỗ ghi sai khi tiếp nhận. Thay đổi được ghi vào sổ cùng lý do; giấy tiếp nhận (mẫu 01) được in lại.',
      'Put right what was written down wrongly. It is recorded with its reason and form 01 is printed again.',
    ),
    fields: [
      { is: 'paragraph', name: 'reason', label: t('Lý do đính chính', 'Why'), required: true },
      { is: 'title', title: t('Chủ hồ sơ', 'Applicant') },
      line('applicant.name', 'Họ và tên, tên tổ chức', 'Name', true),
      line('applicant.idNumber', 'Số định danh', 'ID number', true),
      line('applicant.phone', 'Số điện thoại', 'Phone', true),
      line('applicant.email', 'Thư điện tử', 'E-mail'),
      { is: 'line', name: 'applicant.address', label: t('Địa chỉ', 'Address') },
      { is: 'title', title: t('Người nộp thay', 'Representative') },
      line('representative.name', 'Họ và tên người nộp thay', 'Representative’s name'),
      line('representative.idNumber', 'Số định danh người nộp thay', 'Representative’s ID number'),
      line('representative.phone', 'Điện thoại người nộp thay', 'Representative’s phone'),
      line('representative.relation', 'Quan hệ với chủ hồ sơ', 'Relation to the applicant'),
      { is: 'title', title: t('Hồ sơ', 'Dossier') },
      ...(mayChangeCase
        ? [
            {
              is: 'select' as const,
              name: 'case',
              label: t('Trường hợp', 'Case'),
              options: cases.map(one => ({ value: one.code, label: one.name })),
            },
          ]
        : []),
      { is: 'line', name: 'summary', label: t('Nội dung yêu cầu', 'Request') },
      { is: 'number', name: 'sets', label: t('Số bộ', 'Sets') },
      {
        is: 'papers',
        title: t('Giấy tờ đã nhận', 'Papers received'),
        components: mayChangeCase
          ? procedure.content.components
          : requirementsOf(procedure.content, dossier.channel, dossier.caseCode).components,
        takesScans: true,
      },
      {
        is: 'radio',
        name: 'delivery.method',
        label: t('Nhận kết quả', 'Delivery'),
        options: [method('counter'), method('post'), method('electronic')],
      },
      { is: 'line', name: 'delivery.address', label: t('Địa chỉ nhận kết quả', 'Delivery address') },
    ],
    values: currentValues(dossier),
    toInput: (raw, now) => changesOnly(raw, now, mayChangeCase),
  }
}

function currentValues(d: Dossier) {
  return {
    ...writtenDown(d),
    case: d.caseCode ?? '',
    ...countValues(d.components),
  }
}

/** Leaves out whatever is as it was, so that the ledger names just what was wrong. */
function changesOnly(raw: Record<string, unknown>, d: Dossier, mayChangeCase: boolean): Record<string, unknown> {
  const applicant = { kind: d.applicant.kind, ...(raw.applicant as object) }
  const representative = (raw.representative as object | undefined) ?? null
  const chosenCase = (raw.case as string | undefined) ?? null
  const lines = raw.components as ComponentLine[]
  return {
    reason: raw.reason,
    ...(same(applicant, d.applicant) ? {} : { applicant }),
    ...(same(representative, d.representative) ? {} : { representative }),
    ...(raw.summary === undefined || raw.summary === d.summary ? {} : { summary: raw.summary }),
    ...(raw.sets === undefined || raw.sets === d.sets ? {} : { sets: raw.sets }),
    ...(same(byCode(lines), byCode(d.components)) ? {} : { components: lines }),
    ...(same(raw.delivery ?? {}, d.deliveryChoice) ? {} : { delivery: raw.delivery }),
    ...(raw.papers ? { papers: raw.papers } : {}),
    ...(mayChangeCase && chosenCase !== d.caseCode ? { case: chosenCase } : {}),
  }
}

const byCode = (lines: readonly ComponentLine[]) => Object.fromEntries(lines.map(line => [line.code, line]))

/** Equal whatever the order of keys, an absent value being the same as none. */
function same(a: unknown, b: unknown): boolean {
  return sorted(a) === sorted(b)
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, one]) => one !== undefined)
            .sort(([x], [y]) => (x < y ? -1 : 1)),
        )
      : inner,
  )
}
