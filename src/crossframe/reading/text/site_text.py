"""Lines in which a site speaks of itself: buttons, notices, slogans, walls, credits, corrections and biographies.

A whole sentence is never judged by its first words alone: it must ask the reader for something that only a site asks
for, or speak of this page, and nobody may be reported to say it.
"""

import re
from collections.abc import Sequence

from crossframe.text import match_key, words

TERMINAL = re.compile(r"[.!?…][\"”“’‘'»«)\]]*$")
MIN_WORDS = 6
"""Words from which on a line that ends like a sentence is prose."""
MIN_SENTENCE_WORDS = 3
"""Words from which on a line that ends with a full stop is judged as a sentence."""
MAX_NOTICE_WORDS = 45
"""Longest notice, in words."""
MAX_LABELLED_WORDS = 25
"""Longest line behind a label ("Photo: ..."), in words."""
MAX_PHRASE_WORDS = 14
"""Longest site phrase that is no sentence, in words."""
END_LINES = 6
"""Last lines of a body that may be about its author."""

_MAY_BE_QUOTE = re.compile(r"^[\"“”„«»‘'‚‹]")
_REPORT = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|wrote|argued|warned|asked|shouted|insisted|declared|announced|according to)\b|"
    r",\s(?:the|an?|his|her|their|its|he|she|they|it|[A-Z][\w’'-]+)\s(?:[\w’'-]+\s){0,6}?(?:\w+ed|read|put|went|ran|cried|begged|is|are|was|were|has|had)\b"
)
"""Somebody is reported to say it, or a main clause follows."""
_AUXILIARY = "is|are|was|were|am|be|been|has|have|had|does|did|do|will|would|can|could|may|might|must|shall|should|won’t|won't|didn’t|didn't"
_PAST = (
    "became|began|bent|bore|bought|broke|brought|built|burst|came|caught|chose|clung|cost|crept|cut|dealt|drank|drew|drove|dug|"
    "fed|fell|felt|fled|flew|forbade|forgot|fought|found|froze|gave|got|grew|heard|held|hid|hit|hung|hurt|kept|knew|laid|lay|led|"
    "left|lent|let|lit|lost|made|meant|met|paid|put|quit|ran|rang|read|rode|rose|said|sang|sank|sat|saw|sent|set|shook|shot|shrank|"
    "shut|slept|slid|sold|sought|spent|spoke|split|spread|sprang|stood|stole|stuck|struck|swept|swore|swung|taught|thought|threw|"
    "told|took|tore|understood|went|wept|withdrew|woke|won|wore|wound|wrote"
)
_FINITE = re.compile(
    rf"\b(?:{_AUXILIARY}|{_PAST}|(?!need|feed|breed|speed|seed|weed|bed|red)[a-z]{{2,}}ed)\b"
)
"""A verb that makes a statement: auxiliaries, regular and irregular pasts of English (a closed class), in lower case."""

# --- what a site asks for ---
_SITE_VERB = re.compile(
    r"^(?:(?:please|now|just|or|and|to) )?(?:subscribe|sign (?:up|in)|log ?[io]n|register|follow|download|click|tap|unsubscribe|donate)\b",
    re.IGNORECASE,
)
_SITE_WORD = re.compile(
    r"\b(?:us|our|you|your|we|here|below|now|today|account|newsletters?|inbox|app|apps|alerts?|free|trial|unlimited|access|subscriptions?|"
    r"subscribers?|readers?|comment|articles?|stories|story|page|site|twitter|facebook|instagram|whatsapp|telegram|linkedin|threads|bluesky|"
    r"tiktok|youtube|x|continue|reading)\b|@\w",
    re.IGNORECASE,
)
_COMMON_VERB = re.compile(
    r"^(?:please )?(?:get|read|listen|watch|see|visit|join|support|help|share|send|like|e-?mail|contact|find|check|add|leave|write|post|"
    r"continue|explore|view|discover|keep up|stay|become|buy|order|try|start|tell|enter|choose|open|enable|turn on|allow|accept|have|"
    r"want|looking|interested|want|do you|did you|don[’']t miss|make sure|learn|browse|catch|scroll|order|reach)\b",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"\b(?:(?:unlimited|full|digital|all) (?:digital )?access|for (?:just |only )?[€$£]\d|newsletters?|inbox|mailing list|apps?|podcasts?|website|this (?:site|page|article|story|post|topic|channel|conversation|series|reporter|author)|"
    r"the (?:full|rest of the|whole|original) (?:article|story|report|interview)|here|below|homepage|(?:our|your) (?:journalism|reporting|coverage|channels?|"
    r"readers|community|members?|subscription|account|e-?mail|browser|comments?|stor(?:y|ies)(?: ideas?)?|tips?|thoughts|views|say|inbox|feedback)|javascript|cookies|notifications|"
    r"on (?:twitter|x|facebook|instagram|whatsapp|telegram|youtube|tiktok|bluesky|threads|linkedin))\b|\S@\w|(?:^|\s)@\w",
    re.IGNORECASE,
)
_HAVE_A_TIP = re.compile(r"^(?:(?:do you )?have|got) (?:an? |any |your )?(?:tips?|say|stor(?:y|ies)|questions?|comments?|feedback|information)\b[^?]{0,80}\?", re.IGNORECASE)  # fmt: skip
# --- what it offers ---
_PERIOD = r"(?:(?:an?|per|each|every|pro|par|por|al) (?:\w+ )?|/ ?|(?:for|für|pour|per|im|in) (?:\w+ ){0,3})(?:days?|weeks?|months?|years?|annum|tage?|wochen?|monate?|jahre?|jours?|semaines?|mois|ans?|días?|semanas?|mes(?:es)?|años?|settimane?|mes[ei]|anni)\b"
_PRICE = rf"(?:(?:[€$£] ?\d[\d.,]{{0,12}}|\d[\d.,]{{0,12}} ?(?:€|\$|£|euros?\b|dollars?\b|pounds?\b|cents?\b|pence\b|p\b)|\bfree|\bkostenlos|\bgratuit\w*|\bgratis),? {_PERIOD}|\b\d+ ?% off\b|\b(?:days?|weeks?|months?|tage|wochen|monate|jours|semaines|mois|días|semanas|meses|settimane|mesi) (?:for|für|pour|por|per|a) (?:[€$£] ?\d|\d[\d.,]{{0,12}} ?(?:€|euros?\b)))"
_SELLS = re.compile(
    r"(?:^|[:;,.!?–—] ?)(?:(?:please|now|just|and|or|to|simply|so|why not|jetzt|bitte) )*(?:subscribe|sign up|(?:take out|start|activate|claim|renew|buy|give|gift) (?:an?|your|the|our) (?:[\w-]+ ){0,4}(?:trials?|subscriptions?|memberships?|offers?|months?)|"
    r"support (?:us|our|the|local|independent|quality)|join (?:us|now|today|for|the (?:club|community))\b|become an? (?:\w+ ){0,2}(?:member|subscriber|supporter|patron)|choose (?:an?|your|the) (?:\w+ ){0,2}(?:plan|subscription|offer|option)|"
    r"unlock|upgrade|donate|get (?:unlimited|full|digital|complete|instant|all|\d+)|try (?:us|it|our|now|for|free|\d|(?:\w+ ){1,3}(?:free|for))|save \d+|pay (?:just|only)|"
    r"abonnieren|abonniere|testen sie|teste|jetzt\b[^.!?]{0,60}\btesten|sichern sie sich|abonnez-vous|profitez|soutenez|essayez|suscr[ií]b(?:ete|ase)|prueba|apoya|abbonati|sostieni|assine|neem een abonnement)\b",
    re.IGNORECASE,
)
"""What a seller asks for at the beginning of a clause."""
_GOODS = re.compile(
    rf"{_PRICE}|\b(?:subscri(?:be|ptions?|bers?)|trials?|memberships?|members?|supporters?|unlimited|(?:full|digital|instant|complete|all[ -]) ?access|newsletters?|journalism|abos?|abonnements?|abonn[ée]s?|"
    r"suscripci[oó]n|(?:full|whole|entire|premium) (?:stor(?:y|ies)|articles?)|free (?:account|articles?)|cancel any ?time)\b",
    re.IGNORECASE,
)
_BARGAIN = re.compile(
    rf"^(?=.*\b(?:first|cancel|then|trial)\b)(?:(?:now|just|only|from|nur|ab|seulement|solo|sólo) )*{_PRICE}|"
    r"^(?:[\w’'-]+ ){0,4}(?:access|subscriptions?|offer|trial|membership|abo|abonnement) ?(?:to (?:\w+ ){1,4})?"
    rf"(?:for|from|at|[:–—-]|für|ab|pour|dès|por|desde|per) (?:(?:just|only|as little as|nur|seulement) )?{_PRICE}",
    re.IGNORECASE,
)
"""A price and no statement ("Unlimited access for €1 a week.")."""
_APPEAL = re.compile(
    r"\breaders like you\b|\b(?:your|every) (?:support|contribution|donation|subscription|membership|gift)s?\b[^.!?]{0,40}\b(?:makes?|helps?|keeps?|funds?|allows?|powers?|matters?|means?)\b|"
    r"\b(?:help|support|fund|back|keep|protect|power|sustain) (?:us\b[^.!?]{0,40}\b)?(?:(?:our|independent|local|quality|free|fearless|public[- ]service|nonprofit|non-profit|investigative|this) ){1,3}(?:journalism|reporting|newsroom|coverage|newspaper|work)\b",
    re.IGNORECASE,
)
"""A request for support of the paper."""
_APPEALS = re.compile(r"\b(?:we|us|our|you|your)\b|^(?:please )?(?:help|support|fund|back|keep|protect|power|sustain)\b", re.IGNORECASE)  # fmt: skip
# --- of this page ---
_OF_PAGE = re.compile(
    r"^(?:already (?:an? (?:member|subscriber)|have an? (?:account|subscription)|subscribed|registered)\b.*|"
    r"to (?:continue|keep) reading\b.*|to participate in the discussion.*|not a (?:member|subscriber)( yet)?\?.*|"
    r"(?:we|this (?:web)?site|our (?:web)?site|.{0,40}\band (?:our|its) partners) (?:use|uses|store|stores)\b.{0,60}\b(?:cookies?|information|device)\b.*|"
    r"your (?:browser (?:does|is)|e-?mail address will)\b.*|(?:please )?(?:enable|turn on|allow) (?:javascript|cookies)\b.*|"
    r"by (?:signing|continuing|clicking|using|subscribing|registering|submitting|entering)\b.{0,60}\b(?:you|your)\b.*|"
    r"you (?:can|may) (?:unsubscribe|opt out|manage|change your)\b.*|you (?:have|[’']ve) (?:been granted|reached|read|used)\b.{0,40}\b(?:access|limit|articles?)\b.*|"
    r"(?:no spam\b.*|cancel (?:any ?time|at any time|online)\b.*|unsubscribe (?:any ?time|at any time)\b.*)|thank(?:s| you) for (?:reading|subscribing|registering|signing up|your (?:patience|support))\b.*|"
    r"comments (?:are|have been) (?:closed|moderated|disabled|turned off)\b.*|required fields are marked\b.*|all quotes delayed\b.*|"
    r"(?:the )?(?:views|opinions) expressed (?:here|in this|by the author|are)\b.*|.{0,40}\bnot responsible for the content of external\b.*|"
    r"this (?:story|article|post|report|page) (?:was|has been|is) (?:first |originally |last )?(?:updated|published|developing|being updated|automatically)\b.*|"
    r"this is a (?:developing|breaking) (?:news )?story\b.*|(?:stay with us|check back|refresh (?:this|the) page)\b.{0,40}\b(?:updates?|latest)\b.*|"
    r"an? version of this (?:article|story|column|essay|review) (?:appears|appeared|was|first|originally|ran)\b.*|"
    r"all rights reserved\b.*|(?:©|copyright (?:©|\(c\)|\d{4})|\(c\) ?\d{4}).*|.{0,60}\ball rights reserved\.?|"
    r"advertisements?(?: ?[-–—:|] ?.*| (?:continues?|scroll|below|story|article|feedback)\b.*)?|ads? by .{0,30}|(?:story|article|content|post) continues (?:below|after)\b.*|(?:scroll (?:down )?to|skip) (?:continue|advertisement|past)\b.*|"
    r"(?:\W*)after newsletter promotion|why trust us\b.*|powered by (?:wordpress|ghost|drupal|blogger)\b.*|proudly powered by\b.*|"
    r"(?:our )?(?:privacy (?:policy|notice|statement)|terms (?:of (?:use|service)|and conditions|& conditions)|cookie policy)\b.{0,40}|"
    r"(?:images?|pictures?|photos?) (?:may be|is|are) subject to copyright\b.*|(?:click|tap) (?:here|the|to|on)\b.*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:photo|photograph|image|picture|video|graphic|illustration|credit|photo credit|image credit|image source|image caption|picture credit)s?|"
    r"tags?|topics?|filed under|categor(?:y|ies)|keywords?|read (?:more|also|next|this|on)|also read|must read|related(?: (?:articles?|stories|story))?|see also|watch|"
    r"listen|more (?:on this|from us|here|stories)|recommended|don[’']t miss|lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire aussi|lea también|leer también|"
    r"читайте также|leggi anche|leia também|lees ook)\s?[:»>|–—]\s?.+$",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"^sources?: [^.]{1,60}\.?$", re.IGNORECASE)
_SLOGAN = re.compile(
    r"\b(?:latest|breaking|live|exclusive) (?:news|coverage)\b|\bfrom around the world\b|\boff-?beat\b|\bnews, (?:analysis|sport|views)",
    re.IGNORECASE,
)
_SLOGAN_WORDS = 20
# --- what is no sentence ---
_PHRASE = re.compile(
    r"^(?:subscribe\b.*|sign (?:up|in)\b.*|log ?in\b.*|register\b.*|newsfeed|chats?|loader|loading|comments?(?: \(?\d+\)?)?|"
    r"(?:no|add|leave|post|view|show|read|write)(?: (?:a|all|your|the|\d+))? comments?.*|share(?: (?:this|on|via|full)\b.*)?|tweet|"
    r"e-?mail|print(?: this.*)?|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|follow\b.*|like (?:us|this)\b.*|"
    r"related(?: (?:articles?|stories|topics|news|coverage|content))?:?|read (?:full|more|also|next|the full)\b.*|more (?:from|on|news|stories)\b.*|"
    r"see also\b.*|recommended.*|most (?:read|popular|viewed)|trending.*|you (?:may|might) (?:also )?like.*|advertising.*|advertisements?\b.*|sponsored.*|"
    r"promoted.*|tap to.*|skip to.*|back to top|home|menu|search|close|copyright\b.*|terms (?:of (?:use|service)|and conditions|& conditions)\b.*|cookies?\b.*|"
    r"accept(?: all)?(?: cookies)?|your browser\b.*|contact us|about us|about the authors?|newsletter.*|get (?:the|our) (?:latest|daily|newsletter)\b.*|have (?:a|your) (?:tip|say)\b.*|"
    r"download our app\b.*|support (?:our|independent|quality) journalism\b.*|(?:photo|image|picture|video|source|credit)s?(?: by|:) .*|listen to this.*|\d+ (?:min|minutes?) read|"
    r"(?:last )?(?:updated|published|posted)\b.{0,60}|\d+ ?(?:m|min|mins|minutes?|h|hours?|hrs?) ago|show (?:key events|more|less)\b.*|donate.*|"
    r"abonnieren|anmelden|teilen|kommentare?|mehr zum thema.*|partager|s'abonner|compartir|suscr[ií]bete|подписаться|поделиться|комментарии)[.!:… ]*$",
    re.IGNORECASE,
)
# --- walls ---
_VERB = r"(?:continue|keep|finish|read|access|unlock|view)"
_WALL = re.compile(
    rf"\b(?:subscri(?:be|bing|ption)|sign(?:ing)? (?:up|in)|log(?:ging)? ?in|register|become an? (?:\w+ )?(?:member|subscriber)|"
    rf"start (?:your|a) (?:\w+[ -]){{0,3}}trial|create (?:a|an|your) (?:\w+ )?account|join)\b[^.!?]{{0,60}}\bto {_VERB}\b|"
    rf"\bto {_VERB}(?: on| more)?(?: (?:the (?:full|(?:rest|remainder) of (?:the|this)|whole|entire|complete)|this|our)\b[^.!?,]{{0,30}})?, (?:please )?(?:subscribe|sign|log|register|start|become|join|create|choose|try|buy)\b|"
    r"(?<!keyboard )\bto (?:continue|keep|finish) reading\b|\bcontinue reading\b[^.!?]{0,40}\b(?:subscri|account|trial|free|with)|"
    r"\b(?:this|the (?:rest|remainder|full)|full)\b[^.!?]{0,30}\b(?:articles?|story|stories|content|post|access)\b[^.!?]{0,40}"
    r"\b(?:subscribers?|members?|registered (?:users|readers)|paying)\b|\bunlock (?:this|the|full|unlimited)\b[^.!?]{0,20}\b(?:articles?|story|access|content)\b|"
    r"\b(?:subscribers?|members?)[- ](?:only|exclusive)\b|\b(?:for|exclusive to) (?:paying )?(?:subscribers|members) only\b|\bonly for subscribers\b|"
    r"\breached (?:your|the) (?:\w+ )?(?:article )?limit\b|\b(?:free )?articles? (?:left|remaining) this month\b|\blast free article\b|"
    r"\bsubscribe (?:now |today )?(?:to|for) (?:read|continue|keep)\b|"
    r"\b(?:jetzt )?weiterlesen (?:mit|und)\b|\bnur für abonnent|\bexklusiv für abonnent|\bdiesen artikel (?:weiter)?lesen\b|"
    r"\bréservée? (?:à nos |aux )abonné|\babonnez-vous pour\b|\bpour lire la suite\b|\bil vous reste \d+(?:[.,]\d+)? ?% de\b|"
    r"\bsuscr[ií]b(?:ete|ase) para\b|\bpara seguir leyendo\b|\b(?:exclusivo|sólo|solo) para suscriptores\b|\babbonati per (?:continuare|leggere)\b|\briservato agli abbonati\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\balready a (?:subscriber|member)\b|\bsubscribe (?:now |today )?(?:to|for) (?:unlimited|full|access)\b|\bpremium (?:content|article)\b|"
    r"\bjetzt abonnieren\b",
    re.IGNORECASE,
)
"""What a wall says, and also a box on a page that is whole."""
_SITE_READER = re.compile(r"\b(?:you|your|you[’']ve|this month|free)\b", re.IGNORECASE)
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_METER = re.compile(
    rf"\b(?P<read>{_NUMBER}) (?:out )?of (?:your )?(?P<all>{_NUMBER}) (?:\w+ )?(?:articles?|stories|story)\b|"
    rf"\b(?P<left>{_NUMBER}) (?:more )?(?:\w+ )?(?:articles?|stories|story) (?:left|remaining)\b|"
    r"\b(?:your|the) last (?:free|complimentary) (?:article|story)\b",
    re.IGNORECASE,
)
"""The count of the articles that a reader has for free."""
_FOR_FREE = re.compile(r"\b(?:free|complimentary|this month|left|remaining)\b", re.IGNORECASE)
_IN_RETURN = re.compile(
    r"\b(?:subscribe|register|sign (?:up|in)|log ?in|join|start (?:your|a)|create (?:an?|your)|become an?)\b[^.!?;]*$",
    re.IGNORECASE,
)
"""What a reader must do for the articles that the same sentence counts."""
_OTHERS = re.compile(
    r"\bto (?:read|access|unlock|view|get) (?:more|all|any|every|our|other|unlimited|exclusive)\b(?: of our)?(?:[ -](?!of this\b)\w+)+",
    re.IGNORECASE,
)
"""What is offered is other articles than this."""
# --- at the end of articles ---
_ARTICLE = r"(?:article|story|report|column|piece|post|page|item|headline|caption|video|newsletter|transcript|review|obituary|essay)"
_CREDIT = re.compile(
    r"^\W{0,20}(?:(?:additional |further )?(?:reporting|writing|editing|translation|translated|compiled|photography|graphics|production|edited|written|produced|fact-checking)\b(?: and \w+)? (?:for .{2,30} )?by\b.*|"
    rf".{{3,160}}\bcontributed (?:to this {_ARTICLE}|reporting(?:[.,]| (?:from|to)\b.*)|from [A-Z].*|research)\W*|"
    r".{0,60}\b(?:writers?|reporters?|correspondents?|journalists?|staff)\b.{3,120}\bcontributed\b\W*|"
    r"(?:with (?:additional )?(?:reporting|files?|inputs?|agenc(?:y|ies)|agency (?:reports?|inputs?|feeds)|wires?|information|material)|"
    r"mit (?:material|informationen|agenturmaterial)|avec (?:l[’'])?(?:afp|reuters|ap|agences?)|con información de|con (?:efe|afp|reuters)|con informazioni)\b.{0,100}|"
    rf"this {_ARTICLE} (?:was|is|has been) (?:produced|provided|supplied|reported|written|distributed|funded|supported|syndicated|translated|republished|first published|originally published|adapted)\b.*|"
    rf"this {_ARTICLE} by .{{2,60}} was (?:first |originally )?published\b.*|(?:this material may not be published)\b.*|.{{2,100}}\b(?:solely responsible for (?:all|its|the|this) content|coverage\b.{{0,60}}\breceives? (?:financial )?support from)\b.*)$",
    re.IGNORECASE,
)
_STANDARDS = re.compile(
    r"^our (?:journalism |editorial |reporting )?(?:standards?|principles|ethics|guidelines|code)\b.{0,20}[:–—|].*|"
    r"^(?:read|see|learn|find out) (?:more )?(?:about )?(?:our|how we|the) .{0,40}\b(?:standards|ethics|guidelines|principles|policies)\b.*|^(?:editorial standards|ethics policy|trust principles)\b.{0,60}$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:corrections?|clarifications?|corrections? (?:and|&) clarifications?|editor(?:s|[’']s|s[’'])?[’']? note|amendment|erratum|rectification|rectificatif|korrektur|berichtigung|"
    r"anmerkung der redaktion|hinweis der redaktion|note de la rédaction|nota de la redacción|corrección|rettifica|correção)\b[^:—–.]{0,60}(?:[:—–]|\.\s|$)|"
    rf"\b(?:an?|the|in an?|in einer|une|una) (?:earlier|previous|prior|original|initial) versions? of this {_ARTICLE}\b|"
    rf"^\W*(?:updates?\b[^:—–.]{{0,40}}[:—–] ?)?(?:this|the) {_ARTICLE} (?:was|has been|is) (?:since been |since |also )?(?:amended|corrected|clarified|edited|revised|changed|modified|updated to)\b|"
    rf"^we (?:have )?(?:corrected|amended|updated) (?:this|the) {_ARTICLE}\b|"
    r"^\((?:corrects?|adds|updates?|recasts?|removes?|fixes|refiles?)\b.*\)$|"
    r"^\W*(?:dieser (?:artikel|text|beitrag|bericht) (?:wurde|ist)\b.{0,60}\b(?:aktualisiert|korrigiert|ergänzt|geändert)|"
    r"cet article a été (?:mis à jour|modifié|corrigé|actualisé)|est[ea] (?:artículo|noticia|artigo|notícia) (?:ha sido|fue|foi) (?:actualizad|corregid|modificad|atualizad|corrigid)[oa]|"
    r"quest[o’'] ?articolo è stato (?:aggiornato|corretto|modificato))\b|"
    r"\b(?:früheren|vorherigen|ersten) (?:version|fassung) (?:dieses|des) (?:artikels|textes|berichts|beitrags)\b|\bversion (?:précédente|antérieure) de cet article\b|\bversión (?:anterior|previa) de (?:este|esta)\b",
    re.IGNORECASE,
)
_AGENCY = r"(?:AP|AFP|Reuters|EPA(?:-EFE)?|EFE|dpa|ANSA|TASS|PA(?: Wire| Media)?|Getty(?: Images)?|Shutterstock|Alamy|Anadolu|NurPhoto|Xinhua|Bloomberg)"
_CAPTION = re.compile(
    r"^(?i:(?:file|header|main|cover|lead|archive|undated)(?: (?:photo|image|picture))?|file|archivbild|archivfoto|symbolbild)\s?[-–—:]\s?(?=[A-Z])|"
    r"\((?:[\w.’' -]{2,30}[ /])?(?i:photo|foto|image|picture|handout|pool)s?\b[^()]{0,60}\)$|\bREUTERS ?/ ?[A-Z][\w.’' -]{2,40}(?:/[\w ]+)?$|"
    r"[.!?)”] \(?(?i:photo|photograph|foto|image|picture|credit|bild|handout)s?(?:(?i: credit| by)\s?:?|\s?[:/]) [A-Z][^.!?]{2,60}\)?\.?$|"
    rf"\b[A-Z][\w.’'-]+(?:/| via | ?/ ?){_AGENCY}(?:/[\w ]+| via [\w ]+)?\)?\.?$"
)
"""A line under a picture: what it is called, or whose it is."""
_JOB = (
    "writer|reporter|journalist|editor|correspondent|columnist|producer|author|professor|fellow|lecturer|researcher|contributor|"
    "critic|commentator|photographer|broadcaster|novelist|historian|economist|director|analyst|student|intern|scholar|host|presenter|"
    "redakteur(?:in)?|journaliste|periodista|reporterin"
)
_NAME = r"(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|da|von|van|der|la|el|al|bin)){1,4})"
_BIOGRAPHY = re.compile(
    rf"^(?:by |about |— ?)?{_NAME}(?:,[^,]{{2,60}},)? (?:"
    rf"(?:is|was|has been|ist|est|es) (?:(?:an?|the|our|one of|currently|now|eine?|une?)\b ?)?(?:[\w’'&.-]+ ){{0,6}}?(?:{_JOB})\b|"
    r"(?:covers|reports? (?:on|from|for)|writes (?:about|on|for|from)|is based in|has (?:covered|reported|written|worked) (?:on |for |about |the |at |from )|"
    r"joined (?:the|us)|specialises|specializes|teaches|edits)\b)"
)
_OF_AUTHOR = re.compile(
    r"^(?:the (?:writer|author)s? (?:is|are)\b.*|(?:contact|reach|e-?mail|write to|follow|you can (?:reach|follow|contact|e-?mail))\b.{0,60}(?:@|\bon (?:x|twitter|bluesky|mastodon|instagram)\b).*)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^(?:he|she|they|his|her|their)\b", re.IGNORECASE)


def is_prose(text: str) -> bool:
    """Return whether a line has some words and ends like a sentence."""
    return len(words(text)) >= MIN_WORDS and bool(TERMINAL.search(text))


def is_site_phrase(text: str) -> bool:
    """Return whether a line is the site's, not the article's.

    Examples
    --------
    >>> is_site_phrase("Sign up for our newsletter to get the day's news."), is_site_phrase("Sign up numbers rose in May.")
    (True, False)
    >>> is_site_phrase("Terms of use"), is_site_phrase("Terms of the deal were not disclosed.")
    (True, False)
    """
    n_words = len(words(text))
    is_sentence = (
        n_words >= MIN_SENTENCE_WORDS and bool(TERMINAL.search(text)) and not text.endswith(("..", "…"))
    )
    if n_words <= MAX_LABELLED_WORDS and _LABEL.match(text):
        return True
    if not is_sentence:
        return (
            n_words <= MAX_PHRASE_WORDS and bool(_PHRASE.match(text) or _OF_PAGE.match(text))
        ) or _is_slogan(text, n_words)
    if n_words > MAX_NOTICE_WORDS or _MAY_BE_QUOTE.match(text):
        return False
    if _SOURCE_LINE.match(text) and n_words <= 8:
        return True
    return (
        (_OF_PAGE.match(text) is not None and not _is_reported(text))
        or _asks(text)
        or _is_slogan(text, n_words)
        or is_wall(text)
        or is_open_meter(text)
    )


def is_wall(line: str) -> bool:
    """Return whether a line asks to pay or to log in for the rest of an article, or offers a subscription.

    Examples
    --------
    >>> is_wall("Subscribe now to continue reading."), is_wall("Readers subscribe to the paper in droves.")
    (True, False)
    """
    return (_WALL.search(line) or _OFFER.search(line)) is not None and _may_be_wall(line)


def asks_for_rest(line: str) -> bool:
    """Return whether a line asks to pay or to log in for the rest of an article, and not only for a subscription.

    Examples
    --------
    >>> asks_for_rest("Subscribe now to continue reading."), asks_for_rest("Already a subscriber? Log in")
    (True, False)
    """
    return _WALL.search(line) is not None and _OTHERS.search(line) is None and _may_be_wall(line)


def is_open_meter(line: str) -> bool:
    """Return whether a line counts the articles that are free for a reader, and this one is among them: the page is whole.

    Examples
    --------
    >>> is_open_meter("You have read 2 of 3 free articles this month."), is_open_meter("You have 0 free articles left.")
    (True, False)
    >>> is_open_meter("You have 1 free article left. To continue reading, register.")
    False
    """
    meter = _METER.search(line) if len(words(line)) <= MAX_NOTICE_WORDS else None
    if meter is None or meter["left"] == "0" or not _SITE_READER.search(line) or _is_reported(line):
        return False
    if _IN_RETURN.search(line[: meter.start()]) or asks_for_rest(_METER.sub("", line)):
        return False
    if meter["read"] is None:
        return True
    return meter["read"].casefold() != meter["all"].casefold() and _FOR_FREE.search(line) is not None


def _may_be_wall(line: str) -> bool:
    return len(words(line)) <= MAX_NOTICE_WORDS and not _is_reported(line)


def end_matter(text: str) -> str:
    """Return why a line is not of the article: ``credit``, ``standards line``, ``correction``, ``caption``; "" where it is of it.

    Examples
    --------
    >>> end_matter("The Associated Press contributed to this report."), end_matter("Rain contributed to this flood.")
    ('credit', '')
    """
    if _CORRECTION.search(text):
        return "correction"
    if _STANDARDS.match(text):
        return "standards line"
    if _CAPTION.search(text) and not _is_reported(re.sub(r"[.!?)”] [^.!?]*$", "", text)):
        return "caption"
    return "credit" if _CREDIT.match(text) and not _states(text) else ""


def biography_lines(lines: Sequence[str], title: str = "") -> set[int]:
    """Return which of the last lines of a body tell who wrote it: their subject is named nowhere else.

    Parameters
    ----------
    lines : sequence of str
        The body.
    title : str
        Its headline.

    Examples
    --------
    >>> sorted(biography_lines(["Rain fell on the town.", "Jane Poe is a staff writer covering the coast.", "She lives in Arden."]))
    [1, 2]
    """
    found: set[int] = set()
    for number in range(max(1, len(lines) - END_LINES), len(lines)):
        line = lines[number]
        match = _BIOGRAPHY.match(line)
        if match and not _is_reported(line):
            surname = match_key(match["name"].split()[-1])
            others = [title, *(other for at, other in enumerate(lines) if at != number and at not in found)]
            if not any(
                surname in match_key(other).replace("’s", "").split() or surname in words(other)
                for other in others
            ):
                found.add(number)
        elif _OF_AUTHOR.match(line) or (number - 1 in found and _GOES_ON.match(line)):
            found.add(number)
    return found


def _asks(text: str) -> bool:
    """Return whether a sentence asks the reader for something that only a site asks for."""
    if _is_reported(text):
        return False
    if _HAVE_A_TIP.match(text):
        return True
    if _SITE_VERB.match(text) and _SITE_WORD.search(_SITE_VERB.sub("", text)):
        return True
    if (_SELLS.search(text) and _GOODS.search(text)) or (
        _BARGAIN.match(text) and _FINITE.search(text) is None
    ):
        return True
    if _APPEAL.search(text) and _APPEALS.search(text):
        return True
    return bool(_COMMON_VERB.match(text) and _CHANNEL.search(text))


def _is_reported(text: str) -> bool:
    return _REPORT.search(text) is not None


def _is_slogan(text: str, n_words: int) -> bool:
    return n_words < _SLOGAN_WORDS and _SLOGAN.search(text) is not None and _FINITE.search(text) is None


def _states(text: str) -> bool:
    """Return whether a line of credits is a sentence with a verb of its own ("Reporting by the Gazette has shown that ...")."""
    rest = re.sub(
        r"(?i)^\W*(?:additional )?(?:reporting|writing|editing|edited|written|produced|compiled|translated)\b",
        "",
        text,
    )
    return bool(re.match(r"(?i)\W*(?:additional )?(?:reporting|writing|editing)\b", text)) and bool(
        _FINITE.search(rest.replace("edited by", "").replace("written by", ""))
    )
