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
  ineligible: ['Không đủ điều kiện theo quy định; dự thảo văn bản trả lời nêu rõ lý do.'],
} as const

export const grounds = {
  second: 'Nghị định 118/2025/NĐ-CP; kết quả xác minh thực tế',
  stopped: 'Nghị định 118/2025/NĐ-CP, quy định về dừng giải quyết hồ sơ',
  obligation: 'Luật Đất đai 2024 và Nghị định về tiền sử dụng đất, lệ phí trước bạ',
} as const

export const relations = ['Vợ/chồng', 'Con', 'Cha/mẹ', 'Anh/chị/em ruột', 'Người được ủy quyền'] as const
