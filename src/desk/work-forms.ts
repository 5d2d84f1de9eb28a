import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { awaitedOpinions, type FreeExit, type Opinion } from '#src/dossiers/held-step.ts'
import { isFor } from '#src/dossiers/holder.ts'
import { instantText, type T } from '#src/platform/text.ts'
import type { ProcessInForce } from '#src/processes/process.query.ts'
import { findStep, isWork, type WorkStep } from '#src/processes/process.ts'
import { processText } from '#src/progress/work-words.ts'
import { mayGoOnAt } from '#src/steps/change-process.ts'
import type { Option } from '#src/ui/choice.tsx'
import type { Colleague } from './colleague.query.ts'
import type { CommandFacts, CommandField, CommandForm } from './command-field.ts'
import { note, reason } from './step-forms.ts'

/** Opinions this officer may answer, take or hand back. */
function opinionsFor({ read, officer }: CommandFacts, when: (opinion: Opinion) => boolean = () => true): Opinion[] {
  return awaitedOpinions(read.dossier).filter(opinion => isFor(opinion, officer) && when(opinion))
}

/** Asked only where an agency was asked more than one thing at once. */
function whichOpinion(t: T, opinions: readonly Opinion[]): CommandField[] {
  if (opinions.length < 2) return []
  const options = opinions.map(({ key, name }) => ({ value: key, label: name }))
  return [{ is: 'radio', name: 'opinion', label: t('Ý kiến nào', 'Which opinion'), required: true, options }]
}

const askedText = (t: T, { name, dueAt }: Opinion) =>
  dueAt ? t(`${name}, trả lời trước ${instantText(dueAt)}`, `${name}, to be answered by ${instantText(dueAt)}`) : name

const introText = (t: T, [only, ...more]: readonly Opinion[]) =>
  only && more.length === 0 ? askedText(t, only) : undefined

export function claimForm(facts: CommandFacts): CommandForm {
  const { t } = facts
  const open = opinionsFor(facts, ({ accountId }) => accountId === null)
  return {
    intro: t(
      'Việc này đang chờ bất kỳ ai cùng vai trò trong cơ quan. Sau khi nhận, ông/bà là người chịu trách nhiệm.',
      'This waits for anyone of your role. Once claimed, it is yours to answer for.',
    ),
    lines: open.length > 1 ? [] : open.map(opinion => askedText(t, opinion)),
    fields: whichOpinion(t, open),
  }
}

export function releaseForm(facts: CommandFacts): CommandForm {
  const { t } = facts
  return {
    intro: t(
      'Việc trở lại chờ người khác trong cơ quan nhận hoặc được phân công; thời hạn vẫn chạy.',
      'The work waits for others of the agency again; the clock runs on.',
    ),
    fields: [
      ...whichOpinion(
        t,
        opinionsFor(facts, ({ accountId }) => accountId !== null),
      ),
      reason(t),
    ],
  }
}

export function opinionForm(facts: CommandFacts): CommandForm {
  const { t } = facts
  const owed = opinionsFor(facts)
  return {
    intro: introText(t, owed),
    fields: [
      ...whichOpinion(t, owed),
      {
        is: 'radio',
        name: 'answer',
        label: t('Ý kiến', 'Opinion'),
        required: true,
        options: [
          { value: 'agree', label: t('Thống nhất', 'Agree') },
          { value: 'conditional', label: t('Thống nhất có điều kiện', 'Agree on conditions') },
          { value: 'disagree', label: t('Không thống nhất', 'Disagree') },
        ],
      },
      {
        is: 'paragraph',
        name: 'note',
        label: t('Nội dung ý kiến', 'What it says'),
        hint: t('Bắt buộc, trừ khi thống nhất hoàn toàn', 'Needed unless you simply agree'),
      },
      { is: 'line', name: 'document', label: t('Số văn bản trả lời', 'Number of the letter'), size: 'medium' },
      {
        is: 'files',
        title: t('Tệp kèm theo', 'Attachment'),
        papers: [{ code: 'tra-loi', name: 'Văn bản trả lời', required: false }],
      },
    ],
  }
}

/** What the process wants of its step: the ways out an officer chooses, facts, papers, a signature. */
export function completeForm(facts: CommandFacts): CommandForm {
  const { t, read, chosen } = facts
  const { step } = read.dossier
  const definition = workStep(read)
  if (!step || !definition) return { fields: [] }
  const { exits } = step
  const picked = exits.length === 1 ? exits[0] : exits.find(({ key }) => key === chosen)
  // Whoever pressed a way out is asked for that one; all is asked again when the form comes back.
  const open = picked ? [picked] : exits
  const onward = open.filter(exit => !exit.back)
  return {
    intro: t(`Bước: ${step.name}`, `Step: ${step.name}`),
    fields: [
      outcomeField(t, exits),
      ...(onward.length > 0 ? doneFields(t, definition, onward.length === open.length) : []),
      ...(onward.length < open.length ? [returnReason(t, onward.length === 0)] : []),
      note(t),
    ],
    values: picked ? { outcome: picked.key } : {},
  }
}

/** What the step under way wants done before its usual way out, for the command that leads there. */
export function wantedFields({ t, read }: CommandFacts): CommandField[] {
  const definition = workStep(read)
  return definition ? doneFields(t, definition, true) : []
}

function workStep({ dossier: { step }, process }: ReadDossier): WorkStep | undefined {
  const definition = step && process ? findStep(process.process, step.key) : undefined
  return definition && isWork(definition) ? definition : undefined
}

const outcomeField = (t: T, exits: readonly FreeExit[]): CommandField => ({
  is: 'radio',
  name: 'outcome',
  label: t('Kết quả của bước', 'Outcome of the step'),
  required: true,
  options: exits.map(({ key, name, back }) => ({
    value: key,
    label: name,
    ...(back && { hint: t('Trở lại bước trước, cần nêu lý do', 'Back to an earlier step, with a reason') }),
  })),
})

const returnReason = (t: T, required: boolean): CommandField => ({
  ...{ is: 'paragraph', name: 'reason', label: t('Lý do trả lại', 'Why it goes back'), required },
  ...(!required && { hint: t('Chỉ ghi khi trả lại bước trước', 'Only for a return') }),
})

/** `required` is told only where every way on asks for it: a return leaves these open. */
function doneFields(t: T, { asks, papers, signature }: WorkStep, required: boolean): CommandField[] {
  return [
    ...asks.map(({ field, name, kind }): CommandField => {
      const common = { name: `data.${field}`, label: name, required }
      if (kind === 'yes-no') return { is: 'yes-no', ...common }
      return kind === 'number' ? { is: 'number', decimal: true, ...common } : { is: 'line', ...common }
    }),
    ...(signature ? documentFields(t, required) : []),
    ...(papers.length > 0
      ? [
          {
            is: 'files' as const,
            title: t('Giấy tờ kèm theo', 'Papers to attach'),
            papers: papers.map((name, n) => ({ code: `kem-${n + 1}`, name, required })),
          },
        ]
      : []),
  ]
}

const documentFields = (t: T, required: boolean): CommandField[] => [
  {
    is: 'line',
    name: 'document.number',
    label: t('Số, ký hiệu văn bản', 'Number of the document'),
    required,
    size: 'medium',
  },
  { is: 'line', name: 'document.signer', label: t('Người ký', 'Signed by'), required, size: 'medium' },
]

/** One question: version and step belong together, and a page without script cannot fill the second from the first. */
export function changeForm({ t, read, processes }: CommandFacts): CommandForm {
  const { dossier, process: now } = read
  return {
    intro: [
      now && t(`Hồ sơ đang theo ${processText(now, t)}.`, `The dossier runs by ${processText(now, t)}.`),
      t(
        'Căn cứ được ghi vào diễn biến; thời hạn trả kết quả không đổi.',
        'The ground is recorded; the due date stays.',
      ),
    ]
      .filter(Boolean)
      .join(' '),
    fields: [
      {
        is: 'select',
        name: 'step',
        label: t('Quy trình và bước đi tiếp', 'Process and the step to go on at'),
        required: true,
        options: processes.map(one => ({
          label: processText(one, t),
          options: stepOptions(one, step => mayGoOnAt(dossier, now?.process ?? null, one, step)),
        })),
      },
      {
        is: 'line',
        name: 'ground',
        label: t('Căn cứ', 'Ground'),
        hint: t('Số, ngày của quyết định cho chuyển', 'Number and date of the decision'),
        required: true,
      },
    ],
    // Nothing chosen is one mistake, not two.
    toInput: raw => {
      const [process, step] = typeof raw.step === 'string' ? raw.step.split(SEPARATOR) : []
      return { process: Number(process ?? now?.id), step, ground: raw.ground }
    },
  }
}

const SEPARATOR = ':'

function stepOptions({ id, process }: ProcessInForce, isOpen: (step: string) => boolean): Option[] {
  return process.steps
    .filter(({ key }) => isOpen(key))
    .map(({ key, name }) => ({ value: [id, key].join(SEPARATOR), label: name }))
}

/** A leader's own people, by how much they have in hand. */
export function assignForm(facts: CommandFacts): CommandForm {
  const { t, read, colleagues, officer } = facts
  const { dossier } = read
  const asked = awaitedOpinions(dossier).filter(o => o.agencyId === officer.agencyId && o.role === 'specialist')
  const holder = asked.length > 0 ? asked[0]?.accountId : dossier.step?.accountId
  const [only] = colleagues.length === 1 ? colleagues : []
  return {
    intro: dueText(t, facts, asked),
    fields: [
      ...whichOpinion(t, asked),
      {
        is: 'radio',
        name: 'assignee',
        label: asked.length > 0 ? t('Chuyên viên trả lời', 'Who answers') : t('Chuyên viên thụ lý', 'Specialist'),
        required: true,
        options: colleagues.map(one => ({
          value: one.username,
          label: one.name,
          hint: [busy(t, one), one.accountId === holder && t('đang giữ việc này', 'has it now')]
            .filter(Boolean)
            .join(' · '),
        })),
        ...(colleagues.length === 0
          ? { hint: t('Cơ quan chưa có chuyên viên nào.', 'The agency has no specialist yet.') }
          : {}),
      },
      note(t, t('Ý kiến chỉ đạo', 'Instruction')),
    ],
    values: only ? { assignee: only.username } : {},
  }
}

const busy = (t: T, { open, late }: Colleague) =>
  late > 0
    ? t(`${open} hồ sơ đang xử lý, ${late} quá hạn`, `${open} open, ${late} late`)
    : t(`${open} hồ sơ đang xử lý`, `${open} open`)

function dueText(t: T, { read }: CommandFacts, asked: readonly Opinion[]): string {
  const [one] = asked
  if (one) return askedText(t, one)
  const { dueAt } = read.dossier
  return t(`Hạn: ${dueAt ? instantText(dueAt) : '—'}`, `Due: ${dueAt ? instantText(dueAt) : '—'}`)
}
