namespace CrmSync.Simulator.Accounts.Data;

/// <summary>The words that people, companies and things are named with.</summary>
internal static class Names
{
    public static readonly string[] First =
    [
        "Aaron", "Abigail", "Adam", "Alice", "Amara", "Andrew", "Anna", "Arjun", "Aylin", "Ben", "Bianca", "Brian", "Carla", "Chen", "Chloe",
        "Daniel", "Deepa", "Diego", "Elena", "Emily", "Erik", "Fatima", "Felix", "Frank", "Grace", "Hannah", "Hugo", "Ian", "Ines", "Isabel",
        "Jack", "Jamal", "Jane", "Jonas", "Julia", "Karen", "Kenji", "Kofi", "Laura", "Leo", "Lin", "Lucas", "Maria", "Mark", "Mei", "Mia",
        "Nadia", "Nathan", "Nina", "Noah", "Olga", "Oliver", "Omar", "Paul", "Priya", "Rachel", "Raj", "Rosa", "Ruth", "Sam", "Sara", "Sofia",
        "Stefan", "Tara", "Thomas", "Tomas", "Uma", "Victor", "Wei", "Yara", "Yusuf", "Zoe",
    ];

    public static readonly string[] FirstAccented = ["José", "Zoë", "Renée", "Jürgen", "Søren", "Łukasz", "Björn", "Chloé", "Iñaki", "Šárka"];

    public static readonly string[] Last =
    [
        "Abbott", "Adeyemi", "Ahmed", "Baker", "Bauer", "Bell", "Bennett", "Brooks", "Campbell", "Carter", "Castillo", "Chang", "Clark", "Cohen",
        "Cooper", "Costa", "Cruz", "Davies", "Diaz", "Dubois", "Edwards", "Evans", "Fischer", "Foster", "Garcia", "Gibson", "Gomez", "Gray",
        "Green", "Gupta", "Hall", "Hansen", "Harris", "Hayes", "Hill", "Hoffmann", "Howard", "Hughes", "Ito", "Jackson", "James", "Jones",
        "Kaya", "Kelly", "Khan", "Kim", "King", "Koch", "Kumar", "Lee", "Lewis", "Lopez", "Martin", "Mensah", "Meyer", "Miller", "Moore",
        "Morris", "Nguyen", "Novak", "Olsen", "Ortiz", "Parker", "Patel", "Perez", "Phillips", "Price", "Reed", "Reyes", "Rivera", "Rossi",
        "Russell", "Sanders", "Santos", "Schmidt", "Scott", "Shah", "Silva", "Singh", "Smith", "Stewart", "Sullivan", "Tanaka", "Taylor",
        "Torres", "Turner", "Vargas", "Wagner", "Walker", "Ward", "Watson", "Weber", "White", "Wilson", "Wong", "Wright", "Yilmaz", "Young",
    ];

    public static readonly string[] LastAccented = ["Müller", "Núñez", "O’Neill", "Garção", "Žižka", "Håkansson", "D'Angelo", "Kovács", "Lefèvre"];

    /// <summary>Four of these make a company's own word; 40 to the fourth power are more words than any account has companies.</summary>
    public static readonly string[] Syllables =
    [
        "nor", "vel", "ta", "ki", "ro", "man", "dex", "lo", "sun", "fa", "bri", "con", "du", "ger", "hal", "im", "jo", "ka", "len", "mi",
        "nex", "ol", "pra", "qui", "ris", "so", "ter", "ul", "ven", "wes", "xa", "yor", "zen", "bar", "cel", "dor", "el", "fin", "gal", "ho",
    ];

    public static readonly string[] Industries =
    [
        "Accounting", "Architects", "Auto Group", "Bakery", "Builders", "Capital", "Clinic", "Construction", "Dental", "Design", "Distribution",
        "Engineering", "Farms", "Foods", "Freight", "Health", "Holdings", "Hotels", "Insurance", "Labs", "Law", "Logistics", "Manufacturing",
        "Media", "Metals", "Optics", "Partners", "Pharma", "Plastics", "Properties", "Realty", "Research", "Schools", "Solar", "Staffing",
        "Supply", "Systems", "Transport", "Veterinary", "Water",
    ];

    public static readonly string[] LegalFormsUnitedStates = ["Inc", "LLC", "Inc.", "Corp", ", LLC", "Co.", "", "", "LLP", "L.L.C."];
    public static readonly string[] LegalFormsUnitedKingdom = ["Ltd", "Limited", "PLC", "LLP", ""];
    public static readonly string[] LegalFormsGermany = ["GmbH", "AG", "GmbH & Co. KG", "e.K."];
    public static readonly string[] LegalFormsAustralia = ["Pty Ltd", "Pty. Ltd.", "Limited", ""];

    public static readonly string[] Titles =
    [
        "President", "Office Manager", "IT Manager", "Controller", "CEO", "CFO", "Director of Operations", "Practice Manager", "Receptionist",
        "Account Executive", "Project Manager", "Purchasing Agent", "Systems Administrator", "Owner", "Partner",
    ];

    public static readonly string[] MemberTitles =
        ["Service Technician", "Account Manager", "Dispatcher", "Senior Engineer", "vCIO", "Service Manager", "Sales Representative", "Project Engineer"];

    public static readonly string[] Sources = ["Referral", "Web Site", "Trade Show", "Cold Call", "Partner", "Campaign"];

    public static readonly string[] FreeHosts =
        ["https://www.facebook.com/{0}", "facebook.com/{0}", "https://www.linkedin.com/company/{0}", "https://sites.google.com/view/{0}"];

    public static readonly string[] PrivateMail = ["gmail.com", "outlook.com", "yahoo.com", "gmx.de", "icloud.com"];

    public static readonly string[] Emoji = ["🚀 ", "⭐ ", "🔥", "👍🏽 "];

    public static readonly string[] Subjects =
    [
        "Follow up on proposal", "Quarterly business review", "Introductory call", "Renewal discussion", "Site visit", "Send pricing",
        "Left voicemail", "Onboarding check-in", "Lunch meeting", "Demo of backup service", "Contract questions", "Firewall refresh",
    ];

    public static readonly string[] NoteTexts =
    [
        "Spoke with the office manager; they will decide next week.", "Customer asked for a quote with three-year terms.",
        "Budget approved in principle – waiting for signature.", "Competitor's offer is 12 % lower; \"price match\" requested.",
        "Left a message.\r\nCall again on Monday.", "Needs: backup & recovery <24 h, MFA for everyone.", "Zusage bis Ende März erwartet – Grüße.",
    ];

    public static readonly string[] Projects =
    [
        "Managed services agreement", "Microsoft 365 migration", "Server refresh", "Network upgrade", "Backup and recovery", "Security assessment",
        "Phone system replacement", "Wi-Fi rollout", "Laptop refresh", "Office move",
    ];

    public static readonly string[] Products =
    [
        "Endpoint Protection", "Cloud Backup", "Firewall Appliance", "24-Port Switch", "Laptop 14\"", "Docking Station", "Mail Security",
        "Business Premium Licence", "Remote Monitoring", "Help Desk per User", "Onsite Hour", "Project Hour", "Access Point", "UPS 1500 VA",
        "Managed SOC", "VoIP Seat", "Domain Renewal", "SSL Certificate",
    ];

    public static readonly string[] Manufacturers = ["Aurora", "Beacon", "Cobalt", "Delta", "Everest", "Falcon"];
}
