#include "base/time_zone_table.h"

namespace tillstorm {

// IANA 2026f, printed by tests/cpp/base/data/make_time_zones.py, which also prints what it is tested against.
const std::array<ZoneRule, 62> kZoneRules{{
    // clang-format off
    {-660, -660, {}, {}, "Pacific/Midway Pacific/Niue Pacific/Pago_Pago"},
    {-600, -540, {3, 2, 0, 120}, {11, 1, 0, 120}, "America/Adak"},
    {-600, -600, {}, {}, "Pacific/Honolulu Pacific/Rarotonga Pacific/Tahiti US/Hawaii"},
    {-570, -570, {}, {}, "Pacific/Marquesas"},
    {-540, -480, {3, 2, 0, 120}, {11, 1, 0, 120},
     "America/Anchorage America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat US/Alaska"},
    {-540, -540, {}, {}, "Pacific/Gambier"},
    {-480, -420, {3, 2, 0, 120}, {11, 1, 0, 120}, "America/Los_Angeles America/Tijuana US/Pacific"},
    {-480, -480, {}, {}, "Pacific/Pitcairn"},
    {-420, -360, {3, 2, 0, 120}, {11, 1, 0, 120},
     "America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Denver US/Mountain"},
    {-420, -420, {}, {},
     "America/Creston America/Dawson America/Dawson_Creek America/Fort_Nelson America/Hermosillo America/Mazatlan "
     "America/Phoenix America/Vancouver America/Whitehorse Canada/Pacific US/Arizona"},
    {-360, -300, {3, 2, 0, 120}, {11, 1, 0, 120},
     "America/Chicago America/Indiana/Knox America/Indiana/Tell_City America/Matamoros America/Menominee "
     "America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga "
     "America/Rankin_Inlet America/Resolute US/Central"},
    {-360, -300, {9, 1, 6, 1320}, {4, 1, 6, 1320}, "Pacific/Easter"},
    {-360, -360, {}, {},
     "America/Bahia_Banderas America/Belize America/Chihuahua America/Costa_Rica America/Edmonton "
     "America/El_Salvador America/Guatemala America/Inuvik America/Managua America/Merida America/Mexico_City "
     "America/Monterrey America/Regina America/Swift_Current America/Tegucigalpa Canada/Mountain Pacific/Galapagos"},
    {-300, -240, {3, 2, 0, 0}, {11, 1, 0, 60}, "America/Havana"},
    {-300, -240, {3, 2, 0, 120}, {11, 1, 0, 120},
     "America/Detroit America/Grand_Turk America/Indiana/Indianapolis America/Indiana/Marengo "
     "America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac "
     "America/Iqaluit America/Kentucky/Louisville America/Kentucky/Monticello America/Montreal America/Nassau "
     "America/New_York America/Port-au-Prince America/Toronto Canada/Eastern US/Eastern"},
    {-300, -300, {}, {},
     "America/Atikokan America/Bogota America/Cancun America/Cayman America/Eirunepe America/Guayaquil "
     "America/Jamaica America/Lima America/Panama America/Rio_Branco America/Winnipeg Canada/Central"},
    {-240, -180, {3, 2, 0, 120}, {11, 1, 0, 120},
     "America/Glace_Bay America/Goose_Bay America/Halifax America/Moncton America/Thule Atlantic/Bermuda "
     "Canada/Atlantic"},
    {-240, -180, {9, 1, 6, 1440}, {4, 1, 6, 1440}, "America/Santiago"},
    {-240, -240, {}, {},
     "America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon America/Boa_Vista "
     "America/Campo_Grande America/Caracas America/Cuiaba America/Curacao America/Dominica America/Grenada "
     "America/Guadeloupe America/Guyana America/Kralendijk America/La_Paz America/Lower_Princes America/Manaus "
     "America/Marigot America/Martinique America/Montserrat America/Port_of_Spain America/Porto_Velho "
     "America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy America/St_Kitts America/St_Lucia "
     "America/St_Thomas America/St_Vincent America/Tortola"},
    {-210, -150, {3, 2, 0, 120}, {11, 1, 0, 120}, "America/St_Johns Canada/Newfoundland"},
    {-180, -120, {3, 2, 0, 120}, {11, 1, 0, 120}, "America/Miquelon"},
    {-180, -180, {}, {},
     "America/Araguaina America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/Cordoba "
     "America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza America/Argentina/Rio_Gallegos "
     "America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman "
     "America/Argentina/Ushuaia America/Asuncion America/Bahia America/Belem America/Buenos_Aires America/Cayenne "
     "America/Coyhaique America/Fortaleza America/Maceio America/Montevideo America/Paramaribo America/Punta_Arenas "
     "America/Recife America/Santarem America/Sao_Paulo Antarctica/Palmer Antarctica/Rothera Atlantic/Stanley"},
    {-120, -120, {}, {}, "America/Noronha Atlantic/South_Georgia"},
    {-120, -60, {3, 5, 0, -60}, {10, 5, 0, 0}, "America/Nuuk America/Scoresbysund"},
    {-60, -60, {}, {}, "Atlantic/Cape_Verde"},
    {-60, 0, {3, 5, 0, 0}, {10, 5, 0, 60}, "Atlantic/Azores"},
    {0, 0, {}, {},
     "Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Casablanca Africa/Conakry "
     "Africa/Dakar Africa/El_Aaiun Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou "
     "Africa/Sao_Tome America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/UTC GMT UTC"},
    {0, 120, {3, 5, 0, 60}, {10, 5, 0, 180}, "Antarctica/Troll"},
    {0, 60, {3, 5, 0, 60}, {10, 5, 0, 120},
     "Atlantic/Canary Atlantic/Faroe Atlantic/Madeira Europe/Dublin Europe/Guernsey Europe/Isle_of_Man "
     "Europe/Jersey Europe/Lisbon Europe/London"},
    {60, 120, {3, 5, 0, 120}, {10, 5, 0, 180},
     "Africa/Ceuta Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin "
     "Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar "
     "Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris "
     "Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm "
     "Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich"},
    {60, 60, {}, {},
     "Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville "
     "Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis"},
    {120, 120, {}, {},
     "Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Juba "
     "Africa/Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru Africa/Mbabane "
     "Africa/Tripoli Africa/Windhoek Europe/Kaliningrad"},
    {120, 180, {3, 4, 4, 1560}, {10, 5, 0, 120}, "Asia/Jerusalem"},
    {120, 180, {3, 4, 4, 3000}, {10, 4, 4, 3000}, "Asia/Gaza Asia/Hebron"},
    {120, 180, {3, 5, 0, 0}, {10, 5, 0, 0}, "Asia/Beirut"},
    {120, 180, {3, 5, 0, 180}, {10, 5, 0, 240},
     "Asia/Famagusta Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kiev "
     "Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius"},
    {120, 180, {4, 5, 5, 0}, {10, 5, 4, 1440}, "Africa/Cairo"},
    {180, 180, {}, {},
     "Africa/Addis_Ababa Africa/Asmara Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu "
     "Africa/Nairobi Antarctica/Syowa Asia/Aden Asia/Amman Asia/Baghdad Asia/Bahrain Asia/Damascus Asia/Kuwait "
     "Asia/Qatar Asia/Riyadh Europe/Istanbul Europe/Kirov Europe/Minsk Europe/Moscow Europe/Simferopol "
     "Europe/Volgograd Indian/Antananarivo Indian/Comoro Indian/Mayotte"},
    {210, 210, {}, {}, "Asia/Tehran"},
    {240, 240, {}, {},
     "Asia/Baku Asia/Dubai Asia/Muscat Asia/Tbilisi Asia/Yerevan Europe/Astrakhan Europe/Samara Europe/Saratov "
     "Europe/Ulyanovsk Indian/Mahe Indian/Mauritius Indian/Reunion"},
    {270, 270, {}, {}, "Asia/Kabul"},
    {300, 300, {}, {},
     "Antarctica/Mawson Antarctica/Vostok Asia/Almaty Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Atyrau "
     "Asia/Dushanbe Asia/Karachi Asia/Oral Asia/Qostanay Asia/Qyzylorda Asia/Samarkand Asia/Tashkent "
     "Asia/Yekaterinburg Indian/Kerguelen Indian/Maldives"},
    {330, 330, {}, {}, "Asia/Calcutta Asia/Colombo Asia/Kolkata"},
    {345, 345, {}, {}, "Asia/Kathmandu Asia/Katmandu"},
    {360, 360, {}, {}, "Asia/Bishkek Asia/Dhaka Asia/Omsk Asia/Thimphu Asia/Urumqi Indian/Chagos"},
    {390, 390, {}, {}, "Asia/Yangon Indian/Cocos"},
    {420, 420, {}, {},
     "Antarctica/Davis Asia/Bangkok Asia/Barnaul Asia/Ho_Chi_Minh Asia/Hovd Asia/Jakarta Asia/Krasnoyarsk "
     "Asia/Novokuznetsk Asia/Novosibirsk Asia/Phnom_Penh Asia/Pontianak Asia/Saigon Asia/Tomsk Asia/Vientiane "
     "Indian/Christmas"},
    {480, 480, {}, {},
     "Antarctica/Casey Asia/Brunei Asia/Hong_Kong Asia/Irkutsk Asia/Kuala_Lumpur Asia/Kuching Asia/Macau "
     "Asia/Makassar Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Ulaanbaatar Australia/Perth"},
    {525, 525, {}, {}, "Australia/Eucla"},
    {540, 540, {}, {},
     "Asia/Chita Asia/Dili Asia/Jayapura Asia/Khandyga Asia/Pyongyang Asia/Seoul Asia/Tokyo Asia/Yakutsk "
     "Pacific/Palau"},
    {570, 570, {}, {}, "Australia/Darwin"},
    {570, 630, {10, 1, 0, 120}, {4, 1, 0, 180}, "Australia/Adelaide Australia/Broken_Hill"},
    {600, 600, {}, {},
     "Antarctica/DumontDUrville Asia/Ust-Nera Asia/Vladivostok Australia/Brisbane Australia/Lindeman Pacific/Chuuk "
     "Pacific/Guam Pacific/Port_Moresby Pacific/Saipan"},
    {600, 660, {10, 1, 0, 120}, {4, 1, 0, 180},
     "Antarctica/Macquarie Australia/Hobart Australia/Melbourne Australia/Sydney"},
    {630, 660, {10, 1, 0, 120}, {4, 1, 0, 120}, "Australia/Lord_Howe"},
    {660, 660, {}, {},
     "Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Pacific/Bougainville Pacific/Efate Pacific/Guadalcanal "
     "Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei"},
    {660, 720, {10, 1, 0, 120}, {4, 1, 0, 180}, "Pacific/Norfolk"},
    {720, 720, {}, {},
     "Asia/Anadyr Asia/Kamchatka Pacific/Fiji Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru "
     "Pacific/Tarawa Pacific/Wake Pacific/Wallis"},
    {720, 780, {9, 5, 0, 120}, {4, 1, 0, 180}, "Antarctica/McMurdo Pacific/Auckland"},
    {765, 825, {9, 5, 0, 165}, {4, 1, 0, 225}, "Pacific/Chatham"},
    {780, 780, {}, {}, "Pacific/Apia Pacific/Fakaofo Pacific/Kanton Pacific/Tongatapu"},
    {840, 840, {}, {}, "Pacific/Kiritimati"},
    // clang-format on
}};

}  // namespace tillstorm
