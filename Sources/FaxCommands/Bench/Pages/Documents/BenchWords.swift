import FaxModel

/// Text for generated documents: words that tesseract has in its dictionaries.
enum BenchWords {
    static func words(_ count: Int, _ numbers: inout SeededNumbers, _ language: String = "eng") -> [String] {
        let list = lists[language] ?? lists["eng", default: []]
        return (0..<count).map { _ in numbers.pick(list) }
    }

    /// Lines of at most so many characters.
    static func lines(
        _ count: Int, width: Int, _ numbers: inout SeededNumbers, _ language: String = "eng"
    ) -> [String] {
        (0..<count).map { _ in
            var line = ""
            while true {
                let word = words(1, &numbers, language)[0]
                if line.count + word.count + 1 > width { return line }
                line += line.isEmpty ? word : " " + word
            }
        }
    }

    private static let lists: [String: [String]] = texts.mapValues { $0.split(separator: " ").map(String.init) }

    private static let texts = [
        "eng": """
        the about account address after again against agreement amount answer application apply april area arrive \
        article august available balance bank because before begin below between blue board book both bring \
        building business buyer call cancel carry case central change charge choose city claim clear close company \
        complete condition confirm contact contract copy cost country course court cover credit current customer \
        date day december delivery department describe detail direct document door during early east effect eight \
        either electric eleven employee end engine enter equal every example expect express extra family february \
        field figure final first five follow foreign form found four friday from further future garden general give \
        good great ground group half hand happen heavy help high history holiday hour house hundred image important \
        include increase industry inform insurance interest invoice island issue item january july june keep kind \
        know land language large last later leave left legal less letter level light line list little local long \
        lower machine mail main make manager march market material matter meeting member method middle minute \
        monday money month morning mountain name nature near need network never next nine north notice november \
        number october offer office often only open order other outside over owner page paper part party pass \
        payment people percent period person phone picture place plan please point power present price print \
        problem process produce product program project property public purchase quality quarter question quick \
        rate reach read reason receive record reduce refer region reply report request result return right river \
        road room rule sample saturday school season second section select send september series service seven \
        several sheet short should side signal simple since single six small social south special staff standard \
        start state station still stock street strong subject sunday supply support system table tax telephone ten \
        thank their there thing thousand three thursday time title today together total touch town trade train \
        transfer travel tuesday twelve under union unit until upper usual valid value various version visit water \
        wednesday week weight welcome west where which while white whole window winter within without work world \
        write year yellow young
        """,
        "deu": """
        über wenn schon können größe straße jahr möglich müssen früher später rechnung vertrag kunde preis menge \
        lieferung heute gestern morgen büro telefon anfrage antwort frist betrag zahlung konto bank nummer datum \
        seite anlage grüße freundlichen geehrte damen herren unser angebot bestellung gültig schließlich während \
        außerdem natürlich vielleicht zwischen deutschland österreich schweiz münchen köln nürnberg
        """,
        "ell": """
        και είναι από για στην που δεν θα με αυτό όταν μετά πριν σήμερα αύριο γραφείο εταιρεία τηλέφωνο αριθμός \
        ημερομηνία τιμή ποσό πληρωμή τράπεζα συμφωνία έγγραφο σελίδα απάντηση ερώτηση πελάτης υπηρεσία προϊόν \
        ποιότητα χρόνος μήνας εβδομάδα πόλη δρόμος χώρα κόσμος νερό σπίτι σχολείο βιβλίο γλώσσα
        """,
        "rus": """
        что это как для или если только когда можно после перед сегодня завтра вчера договор документ номер дата \
        страница счёт сумма оплата банк клиент заказ товар цена срок ответ вопрос письмо адрес улица город страна \
        компания отдел телефон работа время неделя месяц год качество услуга условие
        """,
        "ukr": """
        що це як для або якщо тільки коли можна після перед сьогодні завтра вчора договір документ номер дата \
        сторінка рахунок сума оплата банк клієнт замовлення товар ціна термін відповідь питання лист адреса вулиця \
        місто країна компанія відділ телефон робота час тиждень місяць рік якість послуга умова
        """,
        "heb": """
        של את על זה הוא היא אני לא כן אם כי גם רק עם בין אחרי לפני היום מחר אתמול חוזה מסמך מספר תאריך עמוד חשבון \
        סכום תשלום בנק לקוח הזמנה מוצר מחיר זמן תשובה שאלה מכתב כתובת רחוב עיר ארץ חברה מחלקה טלפון עבודה שבוע חודש \
        שנה איכות שירות תנאי
        """,
    ]
}
