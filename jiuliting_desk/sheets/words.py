"""Header words of office sheets, as data: add a word here and the import knows it.

Words stand as they are after cleaning: no blanks, no brackets, no required marks, half-width, lower case.
"""

HEADER_WORDS: dict[str, str] = {
    "number": "序号 序 顺序号 行号 项次 no no. # 次序 排序 seq index",
    "code": "编号 工号 人员编号 志愿者编号 老人编号 档案号 档案编号 会员号 会员编号 登记号 建档编号 code",
    "name": "姓名 名字 人员姓名 申请人 申请人姓名 来电人 来电人姓名 来电者 求助人 反映人 会员姓名 学员姓名 报名人"
    " 户主 户主姓名 称呼 服务对象 服务对象姓名 老人 老人姓名 老年人 长者"
    " 受助人 受助对象 被服务人 被服务对象 居民 name fullname elder eldername",
    "surname": "姓 姓氏",
    "given_name": "名",
    "sex": "性别 男女 男/女 sex gender",
    "birth": "出生日期 出生年月 出生年月日 出生时间 出生 生日 生辰 birthday birth birthdate dateofbirth dob",
    "age": "年龄 周岁 岁数 实足年龄 实际年龄 年纪 age",
    "id_number": "身份证号 身份证 身份证号码 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 证件号码 证件号"
    " 证件编号 身份号码 身份证件号 身份证件号码 护照 id idcard idnumber idno identitynumber",
    "phones": "联系电话 联系方式 电话 电话号码 手机 手机号 手机号码 移动电话 固定电话 固话 座机 座机号 座机号码"
    " 家庭电话"
    " 宅电 住宅电话 其他电话 备用电话"
    " 联系号码 来电号码 来电电话 本人电话 本人联系电话 联络电话 联络方式 通讯方式 phone tel telephone"
    " mobile"
    " phonenumber mobilephone contactnumber cellphone",
    "address": "楼室 楼室号 栋室 幢室"
    " 家庭住址 家庭地址 联系地址 详细地址 居住地址 现住址 现居住地址 住址 地址 居住地 现居住地 现居地"
    " 居住地点"
    " 常住地址 实际居住地 实际居住地址 实际住址 服务地址 上门地址 住所 门牌 门牌号 门牌号码 楼栋门牌 居住详细地址"
    " 现住地址 通讯地址 address homeaddress",
    "registered_address": "户籍地址 户口所在地 户籍所在地 户籍地 户籍 户口地址 户籍住址",
    "committee": "居委 居委会 居民区 社区 村居 村委 所属居委 所属居委会 所属社区 所属居民区 所在社区 所在居委"
    " 所在居委会"
    " 居委会名称 居委名称 社区名称 居民区名称 村居委 村居名称 填报单位 上报单位 社区/村委 居民委员会 所在居民区"
    " 原住地-社区"
    " community committee",
    "compound": "小区 小区名称 小区名 居住小区 所在小区 所属小区 住宅小区 楼盘 居住小区名称 compound estate residence",
    "road": "路名 路 街 道路 道路名称 路段",
    "lane": "弄 弄号 弄堂 路弄 路名弄号",
    "building": "号 楼号 楼栋 楼栋号 栋号 栋 幢 幢号 楼幢 楼幢号 号楼 楼宇 楼 几号楼 楼牌号 building buildingno",
    "unit": "单元 单元号 门洞 门洞号",
    "room": "室号 房号 房间号 室 房间 房 房室号 房间号码 门室号 room roomno",
    "floor": "楼层 层 层数 所在楼层 floor",
    "lift": "电梯 有无电梯 是否有电梯 有否电梯",
    "living": "居住状况 居住情况 居住方式 居住类型 居住形式 家庭结构 居住现状",
    "alone": "isalone livingalone 是否独居 独居否 是否独居老人 是否为独居 是否为独居老人",
    "tags": "人员类别 类别 类型 老人类别 老人类型 对象类别 对象类型 人员类型 人群类别 人群类型 身份类别 特殊情况"
    " 困难类型"
    " 标签 人员分类 特殊人群 困难类别 老人分类 人员性质 人员属性 特殊类别 老人情况 人员情况 category type",
    "ability": "失能程度 失能等级 失能情况 自理能力 自理情况 生活自理能力 行动能力 照护等级 自理程度 能力等级",
    "service": "服务需求 需求 需求项目 服务项目 服务内容 需要的服务 需求内容 需要服务 需求服务 所需服务 服务类别"
    " 服务类型"
    " 服务名称 申请项目 申请服务 需求类型 助老需求 项目 项目名称 需求情况 需求事项 服务事项 具体需求 为老服务需求"
    " 现在要什么 现在需要什么 想要什么 需要帮忙的事情 要帮什么忙"
    " 老人需求 需求种类 服务种类 申请服务项目 需要帮什么 需要什么服务 需要什么帮助 需要帮助 主要需求 上门服务需求"
    " needs need services service serviceneeded servicesneeded serviceneeds requestedservice servicerequested",
    "other_service": "其他需求 其他服务需求 其它需求 其他服务 其它服务 其他项目",
    "ability_service": "服务意向 服务意愿 可提供服务 可提供的服务 能提供的服务 可服务项目 可提供服务项目 服务技能"
    " 技能 特长 能做什么 会做什么 能帮什么 能帮什么忙"
    " 服务特长 专长 技能特长 个人特长 志愿服务意向 意向服务 可从事服务 提供服务 skills skill",
    "wishes": "还想要人帮什么忙 还需要的服务 还需要服务 还需要什么 新需求 下次需求 下次需要 后续需求 老人愿望 心愿",
    "times": "服务时间 可服务时间 方便时间 空闲时间 希望服务时间 可上门时间 服务时段 上门时间 可参加时间 可服务时段"
    " 有空 空闲 什么时候方便 哪些时候 什么时候 哪天方便 哪天有空 什么时候有空 何时有空 有空时间"
    " 空余时间 时间安排 方便上门时间 期望时间 期望服务时间 希望时间 希望上门时间 期望上门时间 方便的时间 上门时段",
    "date": "日期 服务日期 上门日期 填表日期 登记日期 活动日期 来电日期 来电时间 通话时间 通话日期 提交时间 报名时间"
    " 提交答卷时间 答卷时间 填写时间 填写日期 填表时间 提交日期"
    " 反馈日期"
    " 回访日期 填报日期 办理日期 登记时间 服务时间日期 date",
    "time": "开始时间 结束时间 开始 结束 到达时间 离开时间 时间 时刻 时点 time",
    "contact_name": "对接人姓名 联系人 联系人姓名 联络人 对接人 对接人员 业务联系人 contact contactname",
    "emergency_contact": "紧急联系人 紧急联系人姓名 应急联系人 监护人 监护人姓名 家属 家属姓名 亲属 亲属姓名 子女"
    " 子女姓名"
    " 第一联系人 赡养人 照顾人 照护人 儿子 女儿 emergencycontact",
    "emergency_phone": "紧急联系电话 紧急联系人电话 紧急电话 紧急联系方式 紧急联系人联系电话 紧急联系人联系方式"
    " 紧急联系人手机"
    " 应急电话 应急联系电话 家属电话 家属联系电话 家属联系方式 子女电话 子女联系电话 子女联系方式 监护人电话"
    " 监护人联系电话"
    " 亲属电话 亲属联系电话 紧急联络电话 emergencyphone",
    "contact_phone": "联系人电话 联系人手机 联系人联系电话 联系人联系方式 联系人手机号",
    "emergency_relation": "关系 与老人关系 与本人关系 与监护人关系 与联系人关系 称谓 亲属关系 与老人的关系 与其关系"
    " relation",
    "enterprise": "全称 单位全称 企业全称 商户全称"
    " 单位 单位名称 工作单位 所属单位 企业 企业名称 公司 公司名称 所属企业 爱心企业 爱心企业名称"
    " 服务单位 机构"
    " 机构名称 所属机构 所属组织 组织名称 所属团队 团队 团队名称 服务商 服务机构 商户 商户名称 商家 单位/个人"
    " enterprise company"
    " organization",
    "capacity_per_month": "每月次数 月服务次数 每月可服务次数 可服务次数 每月服务次数 每月可上门次数 每月上门次数"
    " 每月接单数 一个月能去几次 每月能去几次 一个月去几次 每月去几次"
    " 每月可接单 月次数 每月可接单数 月可服务次数 每月可服务户数 每月户数 每月可服务",
    "hours_per_month": "每月时长 每月小时 每月可服务时长 每月服务小时 每月小时数",
    "homes_at_once": "几户起 几户一起 要几户一起 需几户一起 几户同时 几户成行 几户起派 几户起接 几户起做 起派户数"
    " 起接户数 起做户数 起订户数 起步户数 起单户数 最少户数 最低户数 最少几户 至少几户 一次至少几户 每次至少几户"
    " 每次最少户数 单次最少户数 成团户数 成行户数 拼单户数 满几户 满几户上门 凑几户 凑满几户 凑满几户上门",
    "max_metres": "最远 最远距离 最远多远 最远能去多远 能去多远 愿意走多远 能走多远 最大距离 可接受距离 距离要求"
    " 距离限制 服务半径 服务距离 可服务距离 上门距离 最远公里数",
    "area": "愿意去 愿意去哪里 愿意去的居委 愿意去的居民区 愿意去的社区 可去居委 可去社区 服务范围 服务区域 服务片区"
    " 可服务区域 可服务范围 服务社区 服务居委 服务居民区 意向居委 意向社区 意向服务区域 覆盖范围 覆盖社区",
    "wanted_who": "要求 特殊要求 其他要求 有何要求 有什么要求"
    " 对志愿者要求 对志愿者的要求 志愿者要求 对上门人员要求 对上门人员的要求 上门人员要求 对服务人员要求"
    " 对服务人员的要求 服务人员要求 志愿者性别要求 上门人员性别要求 服务人员性别要求 性别要求 希望志愿者性别",
    "need_wishes": "愿望 老人原话",
    "refuses": "不要谁 不要谁来 不要的人 拒绝谁来 拒绝人员 不接受的人员 不接受谁",
    "certificate": "证照 证照名称"
    " 证书 证书名称 资质 资质证书 资格证书 持证情况 资质名称 职业资格 职业资格证书 上岗证 持有证书"
    " 资质情况"
    " 相关证书 证书资质",
    "certificate_number": "证书编号 证书号 证书号码 资质编号",
    "certificate_expires": "到期 到期时间"
    " 证书有效期 有效期 有效期至 证书到期 证书到期日 证书到期日期 到期日期 到期日 资质有效期"
    " 证书有效期至"
    " 资质到期 资质到期日",
    "dialect": "会说上海话 上海话 会上海话 是否会上海话 会讲上海话 沪语 是否会说上海话 能说上海话 是否会讲上海话",
    "language": "语言 语言能力 方言 沟通语言",
    "joined_on": "加入日期 加入时间 注册日期 注册时间 入队时间 入队日期 招募日期",
    "notes": "备注 备注说明 说明 其他说明 其他 其它 情况说明 注 特殊说明 补充说明 附注 其他备注 remark remarks note"
    " notes memo comment",
    "health": "健康状况 健康情况 身体状况 身体情况 病史 慢性病 疾病 患病情况 既往病史 主要疾病 疾病史",
    "allergies": "过敏史 过敏 药物过敏 过敏情况",
    "hearing": "听力 听力情况",
    "likes": "爱好 兴趣爱好 兴趣",
    "urgency": "急不急 急吗 是否紧急 紧急程度 急需程度 优先级 需求紧急程度 急迫程度",
    "rhythm": "几次 多久一次 多久来一次 多长时间一次 服务频次 频次 频率 需求频次 服务频率 需求频率",
    "quantity": "数量 次数 服务次数 人次 台数 完成次数 完成数 完成数量 服务人次 服务量 服务数量 件数 户数 工作量"
    " quantity count",
    "people": "人数 服务人数 受益人数 服务对象人数",
    "minutes": "服务时长 时长 用时 分钟 服务分钟 上门时长 服务小时 时长小时 工时 minutes",
    "rating": "满意度 满意程度 评价 服务评价 总体评价 总评 评分 打分 是否满意 满意情况 满意否 满意与否 服务满意度"
    " 总体满意度 总的满意 总的满意吗 总体满意 总体 整体 整体评价 综合评价 总体印象 rating",
    "punctual_rating": "准时 是否准时 守时 来得准时吗 按时上门 准时评分",
    "manner_rating": "服务态度 态度 态度好不好 态度评分",
    "work_rating": "服务质量 服务效果 质量 做得好不好 质量评分",
    "other_rating": "服务技能评价 着装 礼貌",
    "again": "下次还请这位吗 下次还请这位来吗 是否愿意继续由该志愿者服务 愿意继续服务"
    " 还请这位吗 还要这位吗 还要同一位吗 是否还请这位 下次还要这位吗",
    "unanswered_reason": "未填写原因 未填原因 没评的原因 未评原因 未评价原因 没填的原因",
    "form_filled_by": "谁填的 由谁填写 填表人身份 填写人身份",
    "elder_condition": "老人情况 老人状况 老人精神状况",
    "home_condition": "家里情况 家里环境 家庭环境 居室环境",
    "report": "志愿者说明 志愿者反馈 志愿者情况说明 志愿者写的",
    "hazards": "安全隐患 隐患 发现隐患 隐患情况",
    "would_return": "志愿者愿意再去 愿意再去 还愿来 是否愿意再去",
    "on_time": "准时到 是否准时到 到得准时吗",
    "whole_time": "全程在场 是否全程在场 干部全程在场",
    "remarks": "干部备注 居委备注 居委意见 干部意见 居委干部意见 居委干部备注",
    "signature_seen": "看到签字 看到老人签名 看到签名",
    "reason": "不满意原因 原因 不满意的原因",
    "comment": "意见 建议 意见建议 意见与建议 意见和建议 意见或建议 反馈意见 老人意见 反馈 反馈内容 老人反馈 评价意见"
    " 意见反馈 想说的话 老人想说的话 老人说的话 老人的话 其他意见 其他建议",
    "result": "处理结果 处理 结果 处置结果 跟进情况 办理结果 回访结果 处理情况 完成情况 服务结果 办理情况"
    " 落实情况 答复 答复情况",
    "form_number": "表号 反馈表编号 反馈表号 表单编号 表单号 单号 派工单号 派工单编号",
    "provider": "志愿者 志愿者姓名 服务人员 上门人员 服务者 服务志愿者 结对志愿者 上门服务人员 服务人员姓名 服务人"
    " 服务人姓名"
    " 由谁上门 谁上门 谁来的 谁去的 由谁服务 谁服务的"
    " 上门志愿者 提供服务者 volunteer provider",
    "cadre": "居委干部 陪同干部 带领干部 干部 陪同人员 社工 联络员 带队干部 督导员 监督人 居委联系人 居委陪同 陪同人"
    " 居委会干部"
    " 居委联系干部 带领人 领入人 居委负责人 联系干部 分管干部 包干干部 条线干部 块长",
    "handled_by": "接听人 接听 受理 经手人 接听人员 接电人 接听者 受理人 记录人 接线员 登记人 填表人 录入人 调查员"
    " 调查人 接待人"
    " 处理人 经办人 受理人员"
    " 接听人员 排摸人 填报人 采集人",
    "about": "来电内容 反映事项 反映问题 求助内容 求助事项 问题描述 来电事由 事由 诉求 咨询内容 来电事项 通话内容"
    " 反映内容 诉求内容 来电诉求 内容 事项 事宜 来电事宜 问题 反映情况",
    "month": "月份 月 统计月份 服务月份 month",
    "year": "年 年份 年度 year",
    "day": "日 day",
    "period": "期间 时段 统计时间 统计期间 时间段",
    "total": "合计 总计 小计 共计 累计 总数 总和 合计次数 总次数 合计数 total sum",
    "signature": "签名 签字 盖章 签收 领取 本人签名 老人签名 确认签字 老人签字 领取人 签名确认",
    "charge": "负责人 联系负责人 负责人姓名 法人 法人代表 法定代表人"
    " 书记 党支部书记 党总支书记 书记姓名 主任 居委主任 主任姓名",
    "households": "总户数 户籍人口 常住人口 老年人口 老年人数 老人数 60岁以上人数 楼栋数 居民户数",
    "longitude": "经度 longitude lng lon",
    "latitude": "纬度 latitude lat",
    "aliases": "别名 又名 俗称 曾用名 小区别名 简称",
    "state": "状态 在册状态 目前状态 人员状态 status",
    "consent": "是否签署同意书 同意书 知情同意 知情同意书 是否同意",
    "unused": "与户主关系 与户主的关系 户主关系"
    " 未导入原因 发证日期 发证时间 发证机关 发证单位 颁证日期 取证日期 签发日期 签发机关"
    " 政治面貌 民族 学历 文化程度 婚姻状况 婚姻 职业 籍贯 邮箱 电子邮箱 照片 退休单位 原工作单位"
    " 部门 职务"
    " 职称 岗位"
    " 邮编 微信 微信号 qq 身高 体重 血型 配偶 配偶姓名 父亲姓名 母亲姓名 家长 父亲 母亲 老伴 老伴姓名 经济来源 收入"
    " 月收入"
    " 养老金 医保 医保类型 证件类型 证件类别 国籍 email 街道 乡镇 街镇 所属街道 省 市 区 街道名称 户口性质 退休金"
    " 医疗保险",
}
"""Field -> words. Some fields are resolved by the kind of table (``service``, ``times``, ``contact_name`` …)."""

ROLES: dict[str, str] = {
    "subject": "老人 老年人 长者 服务对象 本人 居民 被服务人 被服务对象 受助老人 受助人 受助对象 会员 学生 人员"
    " 高龄老人"
    " 独居老人 困难老人 老人家 elder 申请人",
    "volunteer": "志愿者 服务人员 上门人员 服务者 上门服务人员 结对志愿者 服务志愿者 志愿服务人员 volunteer",
    "contact": "紧急联系人 应急联系人 紧急联络人 监护人 家属 亲属 子女 儿子 女儿 赡养人 照护人 照顾人 第一联系人"
    " 第二联系人"
    " 紧急联系 紧急 应急 亲友 家庭联系人 emergency emergencycontact 儿女",
    "ordinary_contact": "联系人 联络人 对接人 对接人员 业务联系人 contact",
    "cadre": "居委干部 陪同干部 带领干部 干部 陪同人员 社工 联络员 居委会干部 居委联系人 带队干部 联系干部 分管干部"
    " 包干干部 条线干部 块长",
    "recorder": "填表人 登记人 记录人 接听人 受理人 调查员 调查人 录入人 填报人 排摸人 走访人 采集人 核实人 经办人",
    "charge": "负责人 法人 书记 党支部书记 党总支书记 主任 居委主任 书记主任",
    "spouse": "配偶 老伴 父亲 母亲 家长 爱人",
    "enterprise": "单位 企业 公司 机构 爱心企业 商户 组织 团队",
    "committee": "居委 居委会 社区 居民区",
    "birth": "出生 出生日期 出生年月 生日 出生年月日 birth",
    "home": "住址 地址 居住地址 家庭住址 家庭地址 居住 居住情况 现住址 居住信息 住址信息",
}
"""Words that stand before another word, or above it as a group: whose name, whose phone."""

ROLE_FIELDS: dict[tuple[str, str], str] = {
    ("volunteer", "name"): "provider",
    ("volunteer", "phones"): "provider_phone",
    ("contact", "name"): "emergency_contact",
    ("contact", "contact_name"): "emergency_contact",
    ("contact", "phones"): "emergency_phone",
    ("contact", "emergency_relation"): "emergency_relation",
    ("ordinary_contact", "name"): "contact_name",
    ("ordinary_contact", "phones"): "contact_phone",
    ("ordinary_contact", "emergency_relation"): "emergency_relation",
    ("cadre", "name"): "cadre",
    ("cadre", "phones"): "cadre_phone",
    ("recorder", "name"): "handled_by",
    ("charge", "name"): "charge",
    ("charge", "phones"): "charge_phone",
    ("enterprise", "name"): "enterprise",
    ("committee", "name"): "committee",
    ("home", "name"): "address+name",
    ("birth", "year"): "birth_year",
    ("birth", "month"): "birth_month",
    ("birth", "day"): "birth_day",
    ("birth", "date"): "birth",
}
"""(role, field) -> field. A role that is not here for a field turns it into one that is not imported."""

TRANSPARENT_ROLES = frozenset({"subject", "home", "enterprise", "committee"})
"""Roles that leave the fields under them as they are."""

_CALLERS = "来电人 来电人姓名 来电者 求助人 求助人姓名 反映人 反映人姓名 申请人 申请人姓名 报名人"
CALLERS = frozenset(_CALLERS.split())
"""Names of whoever speaks for the person that the row is about, where that one is named too."""

CONTAINED: tuple[tuple[str, str, float], ...] = (
    ("紧急联系人", "emergency_contact", 0.7),
    ("身份证", "id_number", 0.85),
    ("证件号", "id_number", 0.8),
    ("出生", "birth", 0.75),
    ("年龄", "age", 0.75),
    ("性别", "sex", 0.8),
    ("姓名", "name", 0.7),
    ("手机", "phones", 0.75),
    ("电话", "phones", 0.75),
    ("联系方式", "phones", 0.75),
    ("还需", "wishes", 0.8),
    ("还想", "wishes", 0.75),
    ("希望增加", "wishes", 0.75),
    ("其他需", "other_service", 0.75),
    ("未评", "unanswered_reason", 0.7),
    ("未填", "unanswered_reason", 0.65),
    ("继续由", "again", 0.7),
    ("再次服务", "again", 0.7),
    ("同一志愿者", "again", 0.7),
    ("同一位", "again", 0.7),
    ("态度", "manner_rating", 0.7),
    ("准时", "punctual_rating", 0.65),
    ("守时", "punctual_rating", 0.7),
    ("服务质量", "work_rating", 0.7),
    ("服务效果", "work_rating", 0.7),
    ("不满意", "reason", 0.7),
    ("满意", "rating", 0.7),
    ("住址", "address", 0.75),
    ("地址", "address", 0.75),
    ("又称", "aliases", 0.75),
    ("俗称", "aliases", 0.75),
    ("曾用名", "aliases", 0.75),
    ("别名", "aliases", 0.75),
    ("小区", "compound", 0.65),
    ("居委", "committee", 0.65),
    ("居民区", "committee", 0.65),
    ("独居", "alone", 0.6),
    ("证书", "certificate", 0.6),
    ("资质", "certificate", 0.6),
    ("有效期", "certificate_expires", 0.65),
    ("累计服务", "total", 0.7),
    ("每月", "capacity_per_month", 0.5),
    ("愿意", "ability_service", 0.7),
    ("可提供", "ability_service", 0.7),
    ("能提供", "ability_service", 0.7),
    ("需求", "service", 0.7),
    ("需要", "service", 0.65),
    ("服务项目", "service", 0.7),
    ("服务内容", "service", 0.7),
    ("特长", "ability_service", 0.65),
    ("意向", "ability_service", 0.6),
    ("类别", "tags", 0.6),
    ("类型", "tags", 0.55),
    ("备注", "notes", 0.8),
    ("意见", "comment", 0.65),
    ("建议", "comment", 0.65),
    ("说明", "notes", 0.6),
    ("日期", "date", 0.65),
    ("干部", "cadre", 0.65),
    ("时段", "period", 0.65),
    ("处理", "result", 0.6),
    ("合计", "total", 0.7),
    ("小计", "total", 0.7),
    ("签名", "signature", 0.7),
    ("签字", "signature", 0.7),
    ("序号", "number", 0.8),
    ("编号", "code", 0.6),
    ("单位", "enterprise", 0.55),
    ("企业", "enterprise", 0.6),
    ("希望", "service", 0.55),
    ("次数", "quantity", 0.55),
    ("数量", "quantity", 0.6),
    ("时长", "minutes", 0.6),
    ("健康", "health", 0.6),
    ("身体", "health", 0.55),
)
"""Words that tell something wherever they stand in a header, the more telling first."""

_TOTALS = (
    "subtotal sum total 共计 合计 合计(人) 合计人数 合计数 均值 小计 平均 总人数 总合计 总数 总计 本页合计 本页小计"
    " 汇总 累计"
)
TOTAL_WORDS = frozenset(_TOTALS.split())
"""A row that begins with one of these, after cleaning, is no person."""

_FOOTERS = (
    "填表人 填报人 审核人 制表人 制表 负责人 填表日期 填报日期 填表单位 审核 签字 签名 盖章 联系人 备注 注 说明"
    " 填表说明 填写说明 注意 单位盖章 经办人 复核 复核人 统计人 上报日期 制表日期 日期 主管领导 分管领导 居委盖章"
    " 打印日期 报送人 报送日期 领导签字 统计员"
)
FOOTER_WORDS = tuple(_FOOTERS.split())
"""Beginnings, before a colon or an end, of lines below a table."""

FACT_WORDS: dict[str, str] = {
    "committee": "填报单位 填表单位 社区 居委 居委会 居民区 村居 上报单位 所属居委 所属社区 单位 社区名称 居委名称"
    " 报送单位 居委会名称"
    " 制表单位 村居委 单位名称 社区(村) 居民区名称 报表单位 committee community",
    "compound": "小区 小区名称 所在小区",
    "date": "填报日期 填表日期 日期 填表时间 填报时间 排摸日期 统计日期 登记日期 上报日期 制表日期 截止日期 时间"
    " 报送日期 调查日期",
    "filled_by": "联系人 填表人 填报人 制表人 经办人 排摸人 登记人 负责人 报送人 调查员",
    "phone": "联系电话 电话 联系方式",
    "period": "统计期间 统计时间 期间 统计月份 月份 年度 年份 所属期",
    "enterprise": "企业名称 爱心企业 服务单位 企业",
    "category": "服务项目 项目 服务内容",
}
"""Labels before a colon in the lines around a table."""

KIND_WORDS: dict[str, str] = {
    "tally": "统计 汇总表 统计表 月报 年报 报表 汇总 工作量 完成情况表 统计汇总",
    "feedback": "反馈 意见反馈 满意度 回访 评价表",
    "calls": "来电 电话记录 接听 通话 呼叫 热线",
    "visits": "上门服务记录 服务记录 走访 服务台账 上门记录 服务日志 派工 服务明细 活动记录 台账",
    "volunteers": "志愿者 志愿队 志愿服务者 招募 志愿团队 志愿服务队",
    "enterprises": "企业 爱心企业 商户 服务单位 供应商 共建单位",
    "places": "小区一览 居委一览 小区名册 居委会名册 小区信息 楼盘 居委通讯录 小区表 社区概况 居委会一览",
    "survey": "排摸 需求 老人 老年人 登记表 花名册 名单 高龄 独居 摸底 助老 老年 长者",
}
"""Words of titles, sheet names and file names that speak for a kind."""
