import type { Applicant } from '#src/dossiers/intake.ts'
import { chance, draw, pick, type Random, seeded, urn, whole } from './random.ts'

/** A synthetic person: no number or telephone of theirs can be a living person's. */
export type Person = { name: string; female: boolean; idNumber: string; phone: string }

const families = urn(
  Object.entries({
    Nguyễn: 32,
    Trần: 11,
    Lê: 10,
    Phạm: 7,
    Huỳnh: 6,
    Phan: 5,
    Võ: 5,
    Đặng: 3,
    Bùi: 3,
    Đỗ: 2,
    Hồ: 2,
    Ngô: 2,
    Dương: 2,
    Lý: 1,
    Trương: 2,
    Mai: 1,
    Cao: 1,
    Lâm: 1,
    Đinh: 1,
    Châu: 1,
    Thái: 1,
  }),
  ([, weight]) => weight,
)
const words = (text: string) => text.split(' ')
const given = {
  female: {
    middle: words('Thị Thị Thị Ngọc Kim Mỹ Thanh Bích Hồng Thùy Thu Tuyết Cẩm Diễm Phương'),
    last: words(
      'Lan Hoa Hương Hạnh Nga Trang Linh Thảo Vy Ngân Nhung Tuyền Yến Loan Phượng Diễm Xuân Mai Trúc Quyên Thủy Đào',
    ),
  },
  male: {
    middle: words('Văn Văn Văn Hữu Đức Minh Thanh Quốc Hoàng Công Tấn Ngọc Phước Trọng Chí'),
    last: words(
      'An Bình Cường Dũng Hùng Khang Long Nam Nghĩa Phong Phúc Quân Sơn Tài Thịnh Trí Tuấn Vinh Đạt Lâm Hậu Tâm',
    ),
  },
}
const hamlets = words(
  'Tân_Hòa Bình_Lợi Hòa_Phước Tân_Thuận Phú_Thạnh An_Lạc Mỹ_Đông Long_Phước Bình_Minh Thạnh_Lợi',
).map(name => name.replace('_', ' '))
const trades = ['Thương mại', 'Xây dựng', 'Nông sản', 'Thủy sản', 'Vận tải', 'Du lịch', 'Cơ khí', 'Vật liệu']
const brands = ['Sen Hồng', 'Tràm Xanh', 'Sông Tiền', 'Lúa Vàng', 'Gò Tháp', 'Cánh Đồng', 'Bình Minh', 'Đồng Sen']

const digits = (n: number, length: number) => String(n).padStart(length, '0')

/**
 * The person of this number in the demo's population. The citizen number says sex, century and year of birth as a real one
 * does, but begins with 000, which is no province's; telephones begin with 0900 00, which is nobody's.
 */
export function personOf(seed: number, index: number): Person {
  const random = seeded(seed, 'person', index)
  const female = chance(random, 0.5)
  const { middle, last } = given[female ? 'female' : 'male']
  const [family] = draw(random, families)
  const born = whole(random, 1955, 2006)
  const sex = (born >= 2000 ? 2 : 0) + (female ? 1 : 0)
  return {
    name: `${family} ${pick(random, middle)} ${pick(random, last)}`,
    female,
    idNumber: `000${sex}${digits(born % 100, 2)}${digits(index % 1_000_000, 6)}`,
    phone: `090000${digits(whole(random, 1000, 9999), 4)}`,
  }
}

/** `place`: short name of a commune or ward, e.g. `Xã Thanh Bình`. */
export function addressIn(random: Random, place: string): string {
  const hamlet = place.startsWith('Phường') ? 'Khóm' : 'Ấp'
  return `Số ${whole(random, 1, 480)}, ${hamlet} ${pick(random, hamlets)}, ${place.replace(/^./u, c => c.toLowerCase())}, tỉnh Đồng Tháp`
}

export function asApplicant(person: Person, address: string): Applicant {
  return { kind: 'citizen', name: person.name, idNumber: person.idNumber, phone: person.phone, address }
}

/** A synthetic enterprise; a tax number that begins with 00 is no province's. */
export function business(random: Random, person: Person, address: string): Applicant {
  const name = `Công ty TNHH ${pick(random, trades)} ${pick(random, brands)} ${whole(random, 1, 99)}`
  return {
    kind: 'business',
    name,
    idNumber: `0000${digits(whole(random, 0, 999_999), 6)}`,
    phone: person.phone,
    address,
  }
}

/** A group of people of one place. */
export function organisation(random: Random, person: Person, place: string): Applicant {
  const kind = pick(random, ['Tổ hợp tác', 'Hội quán', 'Ban Quản lý chợ', 'Tổ liên kết sản xuất'])
  const name = `${kind} ${pick(random, hamlets)}, ${place}`
  return {
    kind: 'organisation',
    name,
    idNumber: `0000${digits(whole(random, 0, 999_999), 6)}`,
    phone: person.phone,
    address: addressIn(random, place),
  }
}

/** The name of a newborn child in a family. */
export function childOf(random: Random, parent: Person): string {
  const { middle, last } = given[chance(random, 0.5) ? 'female' : 'male']
  return `${parent.name.split(' ')[0]} ${pick(random, middle)} ${pick(random, last)}`
}
