#include "extract/clean_furniture_table.h"

/* Columns: pattern, what for, weight, words at most, section that it opens. */

#define PLATFORMS                                                                                                                          \
    "facebook|twitter|x|instagram|whatsapp|telegram|linkedin|pinterest|reddit|youtube|tiktok|threads|bluesky|mastodon|messenger|viber|"    \
    "flipboard|pocket|snapchat|vk|line|email|e-mail|print|copy"

const struct furniture_rule furniture_rules[] = {
    /* Advertisements */
    {"^advertisement|advertisements|advertising|ad|ads|advert|sponsored|promoted|anzeige|werbung|publicidad|publicité|реклама $",
     WHY_ADVERTISEMENT, 6, 1, SECTION_NONE},
    {"advertisement|ad * continue|continues|scroll|below", WHY_ADVERTISEMENT, 5, 12, SECTION_NONE},
    {"story|article continues below|after", WHY_ADVERTISEMENT, 5, 8, SECTION_NONE},
    {"^scroll|skip to continue|past|ad", WHY_ADVERTISEMENT, 4, 8, SECTION_NONE},
    {"^sponsored|paid|partner|promoted content|post|story|by|links", WHY_ADVERTISEMENT, 4, 5, SECTION_NONE},
    {"^skip|close|remove|hide advertisement|ad|ads", WHY_ADVERTISEMENT, 5, 4, SECTION_NONE},

    /* Appeals for support */
    {"^support|back|fund", WHY_APPEAL, 1, 12, SECTION_NONE},
    {"support|supporting|back|help us|our", WHY_APPEAL, 2, 60, SECTION_NONE},
    {"support|supporting|fund|funding|sustain|defend|defending|protect|power * journalism|reporting|newsroom|journalists|press", WHY_APPEAL,
     2, 60, SECTION_NONE},
    {"independent|quality|fearless|trusted|local|public-interest * journalism|reporting|newsroom", WHY_APPEAL, 1, 60, SECTION_NONE},
    {"^donate|contribute", WHY_APPEAL, 3, 12, SECTION_NONE},
    {"make|making a|your * donation|contribution|gift", WHY_APPEAL, 3, 50, SECTION_NONE},
    {"every|any|each contribution|donation|gift", WHY_APPEAL, 2, 60, SECTION_NONE},
    {"your support|donation|contribution|help|generosity|gift", WHY_APPEAL, 3, 80, SECTION_NONE},
    {"no matter how small", WHY_APPEAL, 2, 80, SECTION_NONE},
    {"from|with just|only|as #", WHY_APPEAL, 1, 60, SECTION_NONE},
    {"readers|people|supporters like you", WHY_APPEAL, 4, 80, SECTION_NONE},
    {"reader-supported|reader-funded|member-supported|listener-supported", WHY_APPEAL, 2, 60, SECTION_NONE},
    {"become|be a|our member|supporter|patron|friend|backer", WHY_APPEAL, 3, 30, SECTION_NONE},
    {"we need your|you", WHY_APPEAL, 3, 80, SECTION_NONE},
    {"standing|stand with us", WHY_APPEAL, 2, 80, SECTION_NONE},
    {"our work|mission|newsroom|journalism|reporters|journalists|reporting", WHY_APPEAL, 1, 80, SECTION_NONE},
    {"^enjoyed|enjoying|like|liked|love|loved|enjoy * article|story|reading|journalism", WHY_APPEAL, 4, 8, SECTION_NONE},
    {"please consider|support|help|donate|give", WHY_APPEAL, 3, 60, SECTION_NONE},
    {"thank you for supporting|reading|standing|your", WHY_APPEAL, 2, 80, SECTION_NONE},

    /* Letters to the readers */
    {"^dear reader|readers|friend|friends|supporter|supporters|subscriber|subscribers|member|members", WHY_LETTER, 4, 5, SECTION_LETTER},
    {"^a|an message|letter|note|word|appeal from|to the|our|us|readers", WHY_LETTER, 2, 10, SECTION_LETTER},
    {"^from the|our editor|editors|newsroom|publisher|team $", WHY_LETTER, 3, 4, SECTION_LETTER},

    /* Newsletters */
    {"newsletter|newsletters|briefing", WHY_NEWSLETTER, 2, 40, SECTION_NONE},
    {"sign|signing up", WHY_NEWSLETTER, 2, 40, SECTION_NONE},
    {"^subscribe", WHY_NEWSLETTER, 2, 14, SECTION_NONE},
    {"subscribe|subscribing to", WHY_NEWSLETTER, 2, 40, SECTION_NONE},
    {"your inbox|mailbox", WHY_NEWSLETTER, 3, 60, SECTION_NONE},
    {"delivered|straight|direct|directly|sent to|in your", WHY_NEWSLETTER, 2, 60, SECTION_NONE},
    {"enter|provide your email|e-mail", WHY_NEWSLETTER, 4, 30, SECTION_NONE},
    {"your email|e-mail", WHY_NEWSLETTER, 2, 30, SECTION_NONE},
    {"^email|e-mail address $", WHY_NEWSLETTER, 5, 2, SECTION_NONE},
    {"^sign up $", WHY_NEWSLETTER, 4, 2, SECTION_NONE},
    {"unsubscribe", WHY_NEWSLETTER, 2, 40, SECTION_NONE},
    {"never miss", WHY_NEWSLETTER, 2, 40, SECTION_NONE},
    {"our|the|free daily|weekly|morning|evening|free email|digest|briefing|roundup|newsletter", WHY_NEWSLETTER, 1, 40, SECTION_NONE},
    {"^get our|the|all|breaking|today's|more", WHY_NEWSLETTER, 2, 16, SECTION_NONE},
    {"thank|thanks you|for * signing|subscribing", WHY_NEWSLETTER, 4, 20, SECTION_NONE},
    {"you will|you'll receive|get", WHY_NEWSLETTER, 2, 60, SECTION_NONE},

    /* Subscriptions and walls */
    {"already a|have * subscriber|account|member|subscription|subscribed", WHY_SUBSCRIPTION, 4, 16, SECTION_NONE},
    {"^for|this|exclusive * subscribers|members only|exclusive", WHY_SUBSCRIPTION, 4, 16, SECTION_NONE},
    {"article|content|story|page is * for|to subscribers|members", WHY_SUBSCRIPTION, 4, 25, SECTION_NONE},
    {"to|and continue|keep|finish reading", WHY_SUBSCRIPTION, 3, 30, SECTION_NONE},
    {"free trial", WHY_SUBSCRIPTION, 2, 30, SECTION_NONE},
    {"unlimited|full|digital access", WHY_SUBSCRIPTION, 2, 30, SECTION_NONE},
    {"subscribe|register|join|upgrade now|today|for", WHY_SUBSCRIPTION, 2, 20, SECTION_NONE},
    {"# free articles|stories", WHY_SUBSCRIPTION, 3, 25, SECTION_NONE},
    {"cancel any|anytime|at", WHY_SUBSCRIPTION, 3, 20, SECTION_NONE},
    {"^see|view|choose|compare|manage * offers|plans|options|subscription", WHY_SUBSCRIPTION, 3, 10, SECTION_NONE},

    /* Payment boxes */
    {"^once|monthly|annual|annually|yearly|one-time|continue|checkout|custom|other|amount $", WHY_PAYMENT, 3, 1, SECTION_NONE},
    {"^payment method|methods|options|details $", WHY_PAYMENT, 4, 2, SECTION_NONE},
    {"^other|choose|select|enter|an|custom|pick * amount $", WHY_PAYMENT, 4, 5, SECTION_NONE},
    {"^give|pay|donate # * once|monthly|a|per", WHY_PAYMENT, 4, 8, SECTION_NONE},
    {"paypal|visa|mastercard|amex|maestro|stripe", WHY_PAYMENT, 2, 10, SECTION_NONE},
    {"credit|debit card|cards", WHY_PAYMENT, 2, 8, SECTION_NONE},
    {"apple|google pay", WHY_PAYMENT, 2, 8, SECTION_NONE},
    {"remind me", WHY_PAYMENT, 4, 6, SECTION_NONE},
    {"^not ready|now|today|sure", WHY_PAYMENT, 2, 10, SECTION_NONE},
    {"ready to support|donate|subscribe|contribute", WHY_PAYMENT, 2, 12, SECTION_NONE},
    {"^no|maybe thanks|later $", WHY_PAYMENT, 4, 2, SECTION_NONE},

    /* Cookies, terms */
    {"cookie|cookies", WHY_COOKIES, 2, 80, SECTION_NONE},
    {"we|site|website|partners * use|uses|using|store * cookies", WHY_COOKIES, 3, 80, SECTION_NONE},
    {"^accept|reject|allow|decline|manage|agree all|cookies|preferences|necessary|and|settings|consent", WHY_COOKIES, 4, 6, SECTION_NONE},
    {"improve|enhance|personalise|personalize your * experience", WHY_COOKIES, 2, 80, SECTION_NONE},
    {"agree|agreed|accept|agreeing to * terms|policy|conditions|notice", WHY_PRIVACY, 3, 40, SECTION_NONE},
    {"privacy policy|notice|settings|statement|preferences", WHY_PRIVACY, 2, 30, SECTION_NONE},
    {"^privacy|terms|legal|imprint|impressum|disclaimer $", WHY_PRIVACY, 4, 1, SECTION_NONE},
    {"terms of|and|& use|service|conditions", WHY_PRIVACY, 2, 30, SECTION_NONE},
    {"your privacy", WHY_PRIVACY, 2, 30, SECTION_NONE},
    {"protected by recaptcha", WHY_PRIVACY, 5, 30, SECTION_NONE},
    {"do not sell", WHY_PRIVACY, 3, 12, SECTION_NONE},

    /* Share */
    {"^share|tweet|save|bookmark|gift|listen|like|print|email|copied $", WHY_SHARE, 5, 1, SECTION_NONE},
    {"^share|send|gift|save|print|email|bookmark this|article|story|on|via|with|the|full", WHY_SHARE, 4, 8, SECTION_NONE},
    {"^" PLATFORMS " $", WHY_SHARE, 4, 1, SECTION_NONE},
    {PLATFORMS " " PLATFORMS, WHY_SHARE, 4, 10, SECTION_NONE},
    {"^copy|copied link|url|to", WHY_SHARE, 4, 5, SECTION_NONE},
    {"^link copied", WHY_SHARE, 4, 5, SECTION_NONE},
    {"^click|tap to share", WHY_SHARE, 4, 12, SECTION_NONE},

    /* Follow */
    {"^follow us|our|the|me", WHY_FOLLOW, 3, 40, SECTION_NONE},
    {"follow|find|like|join * on|via " PLATFORMS, WHY_FOLLOW, 5, 40, SECTION_NONE},
    {"join|follow|subscribe * channel|community|telegram|whatsapp|group|youtube", WHY_FOLLOW, 3, 30, SECTION_NONE},
    {"^connect|stay|keep with|connected|in|up", WHY_FOLLOW, 3, 10, SECTION_NONE},
    {"download|get|install our|the * app|apps", WHY_FOLLOW, 3, 25, SECTION_NONE},
    {"^watch|listen us|live|now|to|on", WHY_FOLLOW, 2, 10, SECTION_NONE},

    /* Related */
    {"^read|see|learn|know|explore|view|show|load|discover|more|watch more|all|on|next|stories $", WHY_RELATED, 4, 3, SECTION_NONE},
    {"^read|see|watch|also|learn|listen more|also|next|now|related|read", WHY_RELATED, 3, 30, SECTION_NONE},
    {"^related|recommended|trending|popular|more|latest|top|most|must|other|editors'|editor's|featured "
     "articles|article|stories|story|news|reads|content|topics|coverage|links|posts|read|viewed|popular|shared|picks|pick|videos|"
     "headlines|commented|now|reading $",
     WHY_RELATED, 4, 3, SECTION_RELATED},
    {"^related|recommended|trending|popular|read-more|see-also|also|elsewhere $", WHY_RELATED, 4, 1, SECTION_RELATED},
    {"^more|latest|also from|on|about|in|by", WHY_RELATED, 2, 6, SECTION_RELATED},
    {"you may|might|will|could also|like|enjoy|be", WHY_RELATED, 4, 9, SECTION_RELATED},
    {"^what to read|watch next", WHY_RELATED, 4, 6, SECTION_RELATED},
    {"^recommended|picked|selected for you", WHY_RELATED, 4, 6, SECTION_RELATED},
    {"^in other news $", WHY_RELATED, 4, 3, SECTION_RELATED},
    {"^keep|continue reading", WHY_RELATED, 4, 6, SECTION_NONE},
    {"^full|the full|story|article story|article|report $", WHY_RELATED, 2, 3, SECTION_NONE},
    {"^click|tap|press here|to|for|on", WHY_RELATED, 3, 25, SECTION_NONE},
    {"^don't miss", WHY_RELATED, 3, 12, SECTION_RELATED},
    {"^lire|lesen|leia|lea|читайте|ler * aussi|auch|também|también|также|mais", WHY_RELATED, 4, 30, SECTION_NONE},

    /* Comments */
    {"^# comments|comment|replies|reply $", WHY_COMMENTS, 5, 3, SECTION_COMMENTS},
    {"^comments|comment|reply|responses|discussion # $", WHY_COMMENTS, 5, 3, SECTION_COMMENTS},
    {"^comments|comment|reply|replies|report|responses $", WHY_COMMENTS, 4, 1, SECTION_COMMENTS},
    {"^leave|post|add|write|submit a|your comment|reply|comments", WHY_COMMENTS, 4, 6, SECTION_COMMENTS},
    {"^join|start the conversation|discussion|debate", WHY_COMMENTS, 4, 8, SECTION_NONE},
    {"^view|show|read|load|see|hide * comments|replies", WHY_COMMENTS, 4, 6, SECTION_NONE},
    {"log|sign|logged|signed in to * comment|post|reply", WHY_COMMENTS, 4, 16, SECTION_COMMENTS},
    {"be the first to comment", WHY_COMMENTS, 5, 12, SECTION_NONE},
    {"comments are|have|is closed|been|moderated|disabled|welcome", WHY_COMMENTS, 4, 20, SECTION_NONE},

    /* Navigation */
    {"^home|menu|search|login|log-in|register|sections|account|close|back|next|previous|top|navigation|homepage|contact|subscribe|"
     "subscriptions|advertise|careers|archive|archives|sitemap|e-paper|epaper|jobs|more $",
     WHY_NAVIGATION, 4, 1, SECTION_NONE},
    {"^log|sign|signed|logged in|out|on|up $", WHY_NAVIGATION, 4, 2, SECTION_NONE},
    {"^skip|jump|back|go|return to", WHY_NAVIGATION, 4, 5, SECTION_NONE},
    {"^my|your account|profile|news|feed", WHY_NAVIGATION, 4, 3, SECTION_NONE},
    {"^about|contact us $", WHY_NAVIGATION, 4, 2, SECTION_NONE},
    {"^advertise|work|partner with us", WHY_NAVIGATION, 4, 5, SECTION_NONE},
    {"^site|site-wide map|search $", WHY_NAVIGATION, 4, 2, SECTION_NONE},
    {"^toggle|open|close|main|all|show|hide navigation|menu|sections|search", WHY_NAVIGATION, 4, 4, SECTION_NONE},
    {"^previous|next article|story|post|page", WHY_NAVIGATION, 4, 20, SECTION_NONE},

    /* Tags */
    {"^tags|tag|topics|keywords|categories|category|labels|hashtags", WHY_TAGS, 2, 30, SECTION_NONE},
    {"^filed|posted|tagged|published|categorized under|in|with", WHY_TAGS, 2, 20, SECTION_NONE},

    /* Copyright, republication, credits */
    {"^copyright", WHY_COPYRIGHT, 3, 40, SECTION_NONE},
    {"all rights reserved", WHY_COPYRIGHT, 5, 60, SECTION_NONE},
    {"not be reproduced|published|republished|broadcast|redistributed|rewritten", WHY_COPYRIGHT, 4, 60, SECTION_NONE},
    {"this|the|our article|story|piece|report|text|interview|column|essay|excerpt|version|analysis * first|originally "
     "published|appeared|posted",
     WHY_REPUBLICATION, 4, 50, SECTION_NONE},
    {"^first|originally published|appeared|posted in|on|by|at", WHY_REPUBLICATION, 3, 30, SECTION_NONE},
    {"it was first|originally published|broadcast|posted", WHY_REPUBLICATION, 2, 50, SECTION_NONE},
    {"this|the article|story|interview|conversation|transcript * edited|condensed|abridged", WHY_REPUBLICATION, 3, 50, SECTION_NONE},
    {"republished|reproduced|reprinted|syndicated with|under|from|courtesy", WHY_REPUBLICATION, 2, 40, SECTION_NONE},
    {"creative commons", WHY_REPUBLICATION, 2, 40, SECTION_NONE},
    {"^reporting|editing|writing|additional|translated|translation|edited|compiled|research|produced by|reporting|editing|research",
     WHY_CREDITS, 4, 40, SECTION_NONE},
    {"editing|translated|edited|reporting by", WHY_CREDITS, 2, 30, SECTION_NONE},
    {"contributed|contributing to this|the report|story|article|reporting", WHY_CREDITS, 4, 40, SECTION_NONE},

    /* Author bios */
    {"^about the|this author|authors|writer|reporter", WHY_BIO, 4, 4, SECTION_BIO},
    {"is|was a|an|the|our|senior|chief * reporter|writer|journalist|correspondent|editor|columnist|freelancer|contributor|producer",
     WHY_BIO, 2, 60, SECTION_NONE},
    {"covers|covering|reports|writes|reporting on|about|for|politics|the|business|sport|local", WHY_BIO, 1, 60, SECTION_NONE},
    {"journalist|writer|reporter|editor|correspondent|columnist|contributor at|for|with|based|who|whose|of", WHY_BIO, 1, 60, SECTION_NONE},
    {"can|may be reached|contacted", WHY_BIO, 3, 60, SECTION_NONE},
    {"^contact|reach|email|follow him|her|them", WHY_BIO, 3, 30, SECTION_NONE},
    {"^contact|reach|email|e-mail|follow|write * at|on", WHY_BIO, 3, 20, SECTION_NONE},
    {"follow him|her|them on|at", WHY_BIO, 3, 60, SECTION_NONE},

    /* Contact, counters */
    {"have|got a|any * tip|tips|story|information|question", WHY_CONTACT, 2, 40, SECTION_NONE},
    {"send|email|e-mail|message|write|contact|call|tell|text us|your|tips", WHY_CONTACT, 2, 40, SECTION_NONE},
    {"get|be in touch", WHY_CONTACT, 2, 40, SECTION_NONE},
    {"contact our|the newsroom|editors|reporters", WHY_CONTACT, 3, 20, SECTION_NONE},
    {"let us know", WHY_CONTACT, 2, 30, SECTION_NONE},
    {"^# min|mins|minute|minutes read", WHY_COUNTER, 6, 6, SECTION_NONE},
    {"^# min|mins|minute|minutes|hour|hours|day|days|week|weeks ago", WHY_DATE, 5, 6, SECTION_NONE},
    {"^listen|play to|this article|story|audio|this", WHY_COUNTER, 4, 10, SECTION_NONE},
    {"reading time", WHY_COUNTER, 5, 6, SECTION_NONE},
    {"^# views|reads|shares|likes|retweets|followers $", WHY_COUNTER, 5, 3, SECTION_NONE},
    {"^# # $", WHY_COUNTER, 1, 2, SECTION_NONE},
};

const size_t furniture_rule_count = sizeof(furniture_rules) / sizeof(furniture_rules[0]);
_Static_assert(sizeof(furniture_rules) / sizeof(furniture_rules[0]) <= FURNITURE_RULES_MOST,
               "a unit's matches are kept in a set of that size");
