"""The words that the synthetic applications are made of: directions by field, kinds of units, provinces."""

DIRECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "performance-equipment": (
        ("modular stage machinery for touring theatres", "巡演剧场模块化舞台机械"),
        ("safety monitoring of performer flying systems", "演员飞行系统安全监测"),
        ("low-latency control of distributed stages", "分布式舞台低时延控制"),
        ("energy-saving drives for theatre lifts", "剧场升降设备节能驱动"),
        ("digital twins of theatre equipment", "剧场装备数字孪生"),
    ),
    "artificial-intelligence": (
        ("language models for guides and interpreters", "导览与讲解语言大模型"),
        ("machine vision for crowd safety at festivals", "节庆活动人群安全机器视觉"),
        ("intelligent restoration of audio archives", "音频档案智能修复"),
        ("trustworthy generation of cultural content", "可信文化内容生成"),
        ("speech synthesis for dialect storytelling", "方言说书语音合成"),
    ),
    "smart-tourism": (
        ("carrying-capacity forecasts of mountain sites", "山岳景区承载力预测"),
        ("barrier-free travel services for the elderly", "适老无障碍出行服务"),
        ("one-code services across regional borders", "跨区域一码通服务"),
        ("emergency rescue networks of remote routes", "偏远线路应急救援网络"),
        ("green operation of holiday destinations", "度假地绿色运营"),
    ),
    "entertainment-experience": (
        ("motion comfort in immersive rides", "沉浸式骑乘运动舒适性"),
        ("interactive night-time experiences", "夜间互动体验"),
        ("condition monitoring of large rides", "大型游乐设施状态监测"),
        ("accessible play for children with disabilities", "残障儿童无障碍游乐"),
    ),
    "animation-games": (
        ("real-time rendering engines for animation", "动画实时渲染引擎"),
        ("games that teach intangible heritage crafts", "非遗技艺功能游戏"),
        ("motion capture of traditional opera", "戏曲动作捕捉"),
        ("asset exchange formats for animation studios", "动画资产交换格式"),
    ),
    "art-design": (
        ("colour science of traditional dyeing", "传统染色色彩科学"),
        ("generative pattern design for crafts", "工艺纹样生成设计"),
        ("sustainable materials for exhibition design", "展陈设计可持续材料"),
        ("digital tools of lacquer and wood design", "漆木设计数字工具"),
    ),
    "low-altitude": (
        ("route safety of low-altitude sightseeing", "低空游览航线安全"),
        ("light-weight sightseeing aircraft cabins", "轻型游览航空器座舱"),
        ("drone formation performances in wind", "风场无人机编队表演"),
        ("weather services for balloon tourism", "热气球旅游气象服务"),
    ),
    "ice-snow": (
        ("snow-making with less water and power", "节水节能造雪"),
        ("ski-slope safety and rescue systems", "雪场安全与救援系统"),
        ("cold-resistant stage and light equipment", "耐寒舞台灯光装备"),
        ("ice-sculpture robots", "冰雕机器人"),
    ),
}

MUSEUM = ("preventive conservation in museum stores", "博物馆库房预防性保护")
DIRECTION = ("visual fusion for scene experience", "视觉融合场景体验")

KINDS: dict[str, tuple[str, str]] = {
    "enterprise": ("company", "公司"),
    "university": ("university", "大学"),
    "institute": ("institute", "研究院"),
}

PROVINCES: dict[str, tuple[str, str, str]] = {
    "bj": ("CN-BJ", "Beijing", "北京"),
    "he": ("CN-HE", "Hebei", "河北"),
    "js": ("CN-JS", "Jiangsu", "江苏"),
    "zj": ("CN-ZJ", "Zhejiang", "浙江"),
    "sd": ("CN-SD", "Shandong", "山东"),
    "hn": ("CN-HN", "Hunan", "湖南"),
    "gd": ("CN-GD", "Guangdong", "广东"),
    "sn": ("CN-SN", "Shaanxi", "陕西"),
    "hl": ("CN-HL", "Heilongjiang", "黑龙江"),
    "jl": ("CN-JL", "Jilin", "吉林"),
    "sc": ("CN-SC", "Sichuan", "四川"),
    "hb": ("CN-HB", "Hubei", "湖北"),
    "ah": ("CN-AH", "Anhui", "安徽"),
    "cq": ("CN-CQ", "Chongqing", "重庆"),
    "affiliated-1": ("CN-BJ", "Beijing", "北京"),
    "ministry-1": ("CN-BJ", "Beijing", "北京"),
}

# What each unit looks at: field of its first, second and third application.
INTAKE: dict[str, tuple[str, ...]] = {
    "bj": ("artificial-intelligence", "animation-games"),
    "he": ("ice-snow", "performance-equipment", "smart-tourism"),
    "js": ("art-design", "smart-tourism", "animation-games"),
    "zj": ("performance-equipment", "artificial-intelligence", "art-design"),
    "sd": ("smart-tourism", "performance-equipment", "entertainment-experience"),
    "hn": ("low-altitude", "animation-games"),
    "gd": ("entertainment-experience", "low-altitude", "performance-equipment"),
    "sn": ("artificial-intelligence", "art-design"),
    "hl": ("ice-snow", "performance-equipment"),
    "jl": ("ice-snow", "smart-tourism"),
    "sc": ("low-altitude", "entertainment-experience"),
    "hb": ("artificial-intelligence", "smart-tourism"),
    "ah": ("animation-games", "low-altitude"),
    "cq": ("entertainment-experience", "smart-tourism"),
    "affiliated-1": ("art-design", "performance-equipment"),
    "ministry-1": ("artificial-intelligence",),
}

PRIORITIES = ("public-concern", "urgent-need", "emerging-trend", "frontier")
