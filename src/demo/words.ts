import type { Asked } from '#src/processes/process.ts'
import { chance, pick, type Random, whole } from './random.ts'

/** What officers of the demo write: short, polite, without anybody's name. */
export const words = {
  refused: [
    'Nội dung yêu cầu không thuộc thẩm quyền tiếp nhận của bộ phận một cửa. Đề nghị ông/bà liên hệ cơ quan có thẩm quyền.',
    'Yêu cầu đã được giải quyết ở hồ sơ khác của ông/bà.',
    'Tờ khai và giấy tờ kèm theo không thuộc về cùng một người.',
  ],
  incomplete: [
    'Hồ sơ còn thiếu giấy tờ theo quy định của thủ tục.',
    'Bản chụp không đọc được, đề nghị ông/bà gửi lại bản rõ.',
    'Tờ khai chưa có chữ ký của người yêu cầu.',
  ],
  supplement: [
    'Thông tin trong tờ khai và giấy tờ kèm theo chưa thống nhất, cần bổ sung để đối chiếu.',
    'Giấy tờ đã hết giá trị sử dụng, đề nghị ông/bà bổ sung bản còn giá trị.',
    'Cần thêm tài liệu chứng minh để có căn cứ giải quyết.',
  ],
  second: ['Kết quả xác minh phát sinh nội dung mới, cần bổ sung thêm một lần.'],
  declined: ['Nội dung đề nghị đã có trong hồ sơ, chuyên viên tiếp tục thẩm định.'],
  reworked: [
    'Trích yếu chưa đúng thể thức, đề nghị chỉnh sửa.',
    'Bổ sung căn cứ pháp lý vào dự thảo kết quả.',
    'Kiểm tra lại ngày, tháng trong dự thảo.',
  ],
  apology: [
    'Số lượng hồ sơ tăng cao, cơ quan cần thêm thời gian thẩm định. Cơ quan thành thật xin lỗi ông/bà.',
    'Cơ quan phối hợp chậm có ý kiến trả lời. Cơ quan thành thật xin lỗi ông/bà vì sự chậm trễ này.',
    'Công chức phụ trách được cử đi phòng, chống thiên tai. Cơ quan thành thật xin lỗi ông/bà.',
  ],
  withdrawn: [
    'Người nộp đề nghị rút hồ sơ vì không còn nhu cầu.',
    'Người nộp đề nghị rút hồ sơ để chuẩn bị lại giấy tờ.',
  ],
  stopped: [
    'Đã hết thời hạn bổ sung mà người nộp không bổ sung hồ sơ.',
    'Đối tượng của thủ tục không còn, không có căn cứ giải quyết tiếp.',
  ],
  corrected: ['Ghi nhầm số điện thoại của người nộp khi tiếp nhận.'],
  noted: [
    'Đã gọi điện hẹn người nộp mang bản chính để đối chiếu.',
    'Người nộp đề nghị nhận tin nhắn khi có kết quả.',
    'Đã trao đổi với công chức địa bàn, chờ xác minh.',
    'Hồ sơ của người cao tuổi, ưu tiên giải quyết.',
  ],
  finding: [
    'Hồ sơ đủ điều kiện giải quyết.',
    'Đã đối chiếu giấy tờ, thông tin khớp.',
    'Đã xác minh, đủ căn cứ giải quyết.',
  ],
  agree: ['Thống nhất với nội dung đề nghị.', 'Không có ý kiến khác.', 'Đủ điều kiện theo quy định của ngành.'],
  conditional: [
    'Thống nhất, đề nghị người nộp thực hiện đúng cam kết trong hồ sơ.',
    'Thống nhất với điều kiện hoàn thành các nội dung đã kiến nghị trước khi đưa vào sử dụng.',
  ],
  disagree: ['Chưa đủ điều kiện theo quy định của ngành; đề nghị xem xét lại phương án.'],
  again: ['Thông tin chưa thống nhất, cần làm lại.', 'Cần đối chiếu thêm trước khi đi tiếp.'],
  ineligible: ['Không đủ điều kiện theo quy định; dự thảo văn bản trả lời nêu rõ lý do.'],
} as const

export const grounds = {
  second: 'Nghị định 118/2025/NĐ-CP; kết quả xác minh thực tế',
  stopped: 'Nghị định 118/2025/NĐ-CP, quy định về dừng giải quyết hồ sơ',
  obligation: 'Luật Đất đai 2024 và Nghị định về tiền sử dụng đất, lệ phí trước bạ',
} as const

export const relations = ['Vợ/chồng', 'Con', 'Cha/mẹ', 'Anh/chị/em ruột', 'Người được ủy quyền'] as const

/** What a specialist writes down of a fact the process asks for. `steered`: so that the way leads over more agencies. */
export function factFor({ field, kind }: Asked, random: Random, steered: boolean): string | number | boolean {
  const known = facts[field]
  if (kind === 'yes-no') return known ? known(random, steered) : steered || chance(random, 0.3)
  if (kind === 'number') return known ? known(random, steered) : whole(random, 1, 500)
  return known ? known(random, steered) : pick(random, words.finding)
}

type Fact = (random: Random, steered: boolean) => string | number | boolean

const facts: Record<string, Fact> = {
  soTang: (random, steered) => (steered ? whole(random, 7, 12) : whole(random, 1, 8)),
  dienTichSan: (random, steered) => (steered ? whole(random, 10, 60) : whole(random, 2, 14)) * 100,
  soDinhDanh: random => `000226${whole(random, 100_000, 999_999)}`,
  loaiDatMoi: random => pick(random, ['Đất ở', 'Đất trồng cây lâu năm', 'Đất thương mại, dịch vụ']),
  soTienPhaiNop: random => whole(random, 4, 900) * 250_000,
  vonKinhDoanh: random => whole(random, 4, 100) * 5_000_000,
  chenhLech: random => (chance(random, 0.3) ? whole(random, 2, 60) : 0),
  luuLuong: (random, steered) => (steered ? whole(random, 10, 40) : whole(random, 1, 14)) * 100,
  diemThieuHut: random => whole(random, 0, 4),
  datYeuCau: random => chance(random, 0.95),
  tranhChap: random => chance(random, 0.05),
  dangTheChap: random => chance(random, 0.05),
  dangBiTamGiu: random => chance(random, 0.05),
  xepLoai: (random, steered) => !steered && chance(random, 0.3),
  coAnTich: (random, steered) => steered || chance(random, 0.1),
}
