#include "ingest/html_date_words.h"

#include "base/utf8.h"

#include <string.h>

/* Names, cases and short forms, a month a row, separated and framed by '|'. Sorted by language: English, German, French, Spanish, Italian,
   Portuguese, Dutch, Polish, Turkish, Russian and Ukrainian, Indonesian, Swedish with Danish and Norwegian, Czech and Slovak, Greek,
   Romanian, Hungarian, Finnish, Catalan. Where a name means two months in two languages (Croatian "listopad") the larger language has it.
 */
static const char *const MONTHS[12] = {
    "|january|jan|januar|jänner|jaenner|janner|jän|janvier|janv|enero|ene|gennaio|gen|janeiro|januari|stycznia|styczeń|sty|ocak|oca|"
    "января|январь|янв|січня|січень|leden|ledna|led|januára|január|ιανουαρίου|ιανουάριος|ιανουαριου|ιαν|ianuarie|ian|jan|januárja|"
    "tammikuuta|"
    "tammikuu|gener|",
    "|february|feb|febr|februar|feber|février|fevrier|févr|fév|fevr|febrero|febbraio|fevereiro|fev|februari|lutego|luty|lut|şubat|subat|"
    "şub|sub|"
    "февраля|февраль|фев|февр|лютого|лютий|únor|února|úno|februára|február|φεβρουαρίου|φεβρουάριος|φεβρουαριου|φεβ|februarie|pebruari|peb|"
    "helmikuuta|helmikuu|febrer|",
    "|march|mar|märz|maerz|marz|mär|mrz|mars|marzo|março|marco|maart|mrt|marca|marzec|mart|марта|март|мар|березня|березень|maret|marts|"
    "březen|března|bře|brezna|március|márc|μαρτίου|μάρτιος|μαρτιου|μαρ|μάρ|martie|mars|maaliskuuta|maaliskuu|març|",
    "|april|apr|avril|avr|abril|abr|aprile|kwietnia|kwiecień|kwi|nisan|nis|апреля|апрель|апр|квітня|квітень|duben|dubna|dub|apríla|április|"
    "ápr|απριλίου|απρίλιος|απριλιου|απρ|aprilie|huhtikuuta|huhtikuu|",
    "|may|mai|mayo|maggio|mag|maio|mei|maja|maj|mayıs|mayis|мая|май|травня|травень|květen|května|kvě|kvetna|mája|május|máj|μαΐου|μάιος|"
    "μαιου|μαϊ|μάι|mai|toukokuuta|toukokuu|maig|",
    "|june|jun|juni|juin|junio|giugno|giu|junho|czerwca|czerwiec|cze|haziran|haz|июня|июнь|июн|червня|червень|juny|červen|června|čvn|"
    "júna|június|jún|ιουνίου|ιούνιος|ιουνιου|ιουν|ιούν|iunie|iun|juno|kesäkuuta|kesäkuu|",
    "|july|jul|juli|juillet|juil|julio|luglio|lug|julho|lipca|lipiec|lip|temmuz|tem|июля|июль|июл|липня|липень|juliol|červenec|července|"
    "čvc|cervence|júla|július|júl|ιουλίου|ιούλιος|ιουλιου|ιουλ|ιούλ|iulie|iul|heinäkuuta|heinäkuu|",
    "|august|aug|août|aout|agosto|ago|augustus|sierpnia|sierpień|sie|ağustos|agustos|ağu|agu|августа|август|авг|серпня|серпень|agustus|"
    "augusti|srpen|srpna|srp|augusta|augusztus|αυγούστου|αύγουστος|αυγουστου|αυγ|αύγ|elokuuta|elokuu|agost|agt|ags|",
    "|september|sep|sept|septembre|septiembre|setiembre|settembre|set|setembro|września|wrzesień|wrz|wrzesnia|eylül|eylul|eyl|сентября|"
    "сентябрь|сен|сент|вересня|вересень|září|zari|zář|septembra|szeptember|szept|σεπτεμβρίου|σεπτέμβριος|σεπτεμβριου|σεπ|σεπτ|septembrie|"
    "syyskuuta|syyskuu|setembre|",
    "|october|oct|oktober|okt|octobre|octubre|ottobre|ott|outubro|out|października|październik|paź|pazdziernika|ekim|eki|октября|октябрь|"
    "окт|жовтня|жовтень|říjen|října|říj|rijna|októbra|október|οκτωβρίου|οκτώβριος|οκτωβριου|οκτ|octombrie|lokakuuta|lokakuu|",
    "|november|nov|novembre|noviembre|novembro|listopada|listopad|lis|kasım|kasim|kas|ноября|ноябрь|ноя|нояб|листопада|листопад|nopember|"
    "novembra|lis|νοεμβρίου|νοέμβριος|νοεμβριου|νοε|νοέ|noiembrie|noi|marraskuuta|marraskuu|",
    "|december|dec|dezember|dez|décembre|decembre|déc|diciembre|dic|dicembre|dezembro|grudnia|grudzień|gru|aralık|aralik|ara|декабря|"
    "декабрь|дек|грудня|грудень|desember|des|prosinec|prosince|decembra|δεκεμβρίου|δεκέμβριος|δεκεμβριου|δεκ|decembrie|joulukuuta|"
    "joulukuu|desembre|",
};

static const char FILLERS[] = "|of|the|de|del|do|da|di|den|der|dne|di|st|nd|rd|th|er|ère|º|ª|a|e|y|г|года|року|";

static const char WEEKDAYS[] =
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|montag|dienstag|mittwoch|"
    "donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    "miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|lun|mer|gio|ven|sab|dom|"
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|"
    "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|senin|selasa|rabu|kamis|jumat|sabtu|minggu|"
    "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    "pondělí|úterý|středa|čtvrtek|pátek|neděle|segunda|terça|quarta|quinta|sexta|feira|";

static const char PUBLISHED[] =
    "|published|posted|publication|publish|pub|issued|released|date|written|created|aired|filed|submitted|"
    "veröffentlicht|publiziert|erstellt|datum|erschienen|geschrieben|eingestellt|verfasst|gepostet|"
    "publié|publiée|parution|posté|écrit|rédigé|publicado|publicada|publicación|creado|fecha|"
    "pubblicato|pubblicata|data|postado|publicação|gepubliceerd|geplaatst|opublikowano|publikacja|data|dodano|utworzono|"
    "yayınlanma|yayın|tarihi|eklenme|giriş|опубликовано|дата|опубліковано|diterbitkan|dipublikasikan|tayang|terbit|tanggal|"
    "publicerad|publicerat|skapad|publiceret|udgivet|oprettet|publisert|publikováno|zveřejněno|vydáno|publikované|"
    "δημοσίευση|δημοσιεύτηκε|ημερομηνία|publicat|postat|megjelent|közzétéve|létrehozva|julkaistu|";

static const char BY[] = "|by|von|par|por|di|door|av|af|oleh|przez|autor|author|eingestellt|";

static const char UPDATED[] =
    "|updated|update|modified|revised|edited|changed|reviewed|stand|aktualisiert|geändert|bearbeitet|überarbeitet|mis|"
    "modifié|actualisé|actualizado|actualizada|modificado|aggiornato|modificato|atualizado|atualizada|modificação|"
    "bijgewerkt|gewijzigd|aktualizacja|zaktualizowano|güncelleme|güncellenme|son|обновлено|изменено|оновлено|"
    "diperbarui|diupdate|uppdaterad|uppdaterat|ändrad|opdateret|oppdatert|aktualizováno|upraveno|ενημερώθηκε|"
    "ενημέρωση|actualizat|frissítve|päivitetty|";

static const char OTHER[] =
    "|copyright|©|rights|reserved|since|seit|founded|born|geboren|geb|died|gest|joined|registered|registriert|registrierung|dabei|member|"
    "mitglied|beiträge|birthday|expires|deadline|until|bis|through|retrieved|accessed|abgerufen|archived|version|zugriff|ends|starts|"
    "begins|beginn|termin|event|events|veranstaltung|valid|gültig|from|ab|between|zwischen|isbn|tel|fax|phone|hrb|";

struct span date_word_fold(struct span word, char out[DATE_WORD_BYTES_MAX]) {
    size_t length = 0;
    if (word.length > DATE_WORD_BYTES_MAX / 2)
        return (struct span){0};
    for (size_t at = 0, step = 0; at < word.length; at += step)
        length += utf8_encode(utf8_lower(utf8_decode(word, at, &step)), out + length);
    return (struct span){out, length};
}

/* Whether the word stands in the list between two '|'. */
static bool is_listed(const char *list, struct span word) {
    if (word.length == 0)
        return false;
    for (const char *at = strchr(list, '|'); at; at = strchr(at + 1, '|'))
        if (strncmp(at + 1, word.data, word.length) == 0 && at[word.length + 1] == '|')
            return true;
    return false;
}

int date_word_month(struct span word) {
    for (int month = 0; month < 12; month++)
        if (word.length >= 3 && is_listed(MONTHS[month], word))
            return month + 1;
    return 0;
}

bool date_word_is_filler(struct span word) {
    return is_listed(FILLERS, word);
}

bool date_word_is_weekday(struct span word) {
    return is_listed(WEEKDAYS, word);
}

bool date_word_is_by(struct span word) {
    return is_listed(BY, word);
}

enum date_word_label date_word_label(struct span word) {
    if (is_listed(UPDATED, word))
        return LABEL_UPDATED;
    if (is_listed(OTHER, word))
        return LABEL_OTHER;
    return is_listed(PUBLISHED, word) ? LABEL_PUBLISHED : LABEL_NONE;
}
