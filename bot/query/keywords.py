"""The words a question is built of: classes that forms name in angle brackets, and what may be left out around it."""

from collections.abc import Iterable, Mapping
from functools import cache

Words = tuple[str, ...]


def _class(text: str) -> frozenset[Words]:
    """Read a class: members parted by commas, each one or more words."""
    return frozenset(tuple(member.split()) for member in text.split(","))


CLASSES: Mapping[str, frozenset[Words]] = {
    "who": _class("who,whos,who is,who was,who has,who else,who all,whom,who were,who had,who exactly,who here"),
    "which": _class("which,what,any,how many,which of the,what other,which other,list,name,name the,list the,all"),
    "be": _class(
        "is,are,was,were,has,have,had,did,does,do,been,being,be,has been,have been,had been,was being,would,will"
    ),
    "ask": _class(
        "ask,asks,asked,asking,been asking,has asked,have asked,had asked,inquired,enquired,inquire,enquire,query,queried,"
        "asked questions,ask questions,asks questions,asked a question,ask a question,asking questions,had a question,"
        "had questions,have questions,raised questions,raised a question,posed questions,posed a question,followed up,"
        "follow up,put a question,wanted to hear,wanted to know,wants to know,want to know"
    ),
    "raise": _class(
        "raise,raised,raises,raising,brought up,bring up,brings up,bringing up,pressed on,press on,pressing on,pushed on,"
        "push on,pushed back on,push back on,pushing on,probed,probe,probed on,probing,questioned,worried about,worry about,"
        "worries about,worrying about,concerned about,concerned with,concerned over,wanted to know about,"
        "want to know about,wants to know about,wanted to know,was curious about,were curious about,curious about,"
        "interested in,poked at,drilled into,drilled down on,dug into,followed up on,follow up on,challenged,"
        "challenged management on,grilled management on,grilled them on,grilled,grilled management about,"
        "pressed management on,pressed them on,cared about,cares about,care about,wondered about,nervous about,"
        "skeptical about,sceptical about,doubtful about,inquired about,enquired about,focused on,focussed on,"
        "was worried about,were worried about,was concerned about,were concerned about,was asking about,were asking about,"
        "was interested in,were interested in,was asking on,is asking about,are asking about,is worried about,"
        "are worried about,is concerned about,are concerned about,was pressing on,were pressing on"
    ),
    "about": _class(
        "about,on,regarding,re,concerning,around,with regard to,with regards to,with respect to,when it comes to,"
        "in relation to,relating to,related to,over,as to,in regards to,in regard to,touching on,mentioning,to do with,w/r/t,wrt"
    ),
    "whether": _class("whether,if,how,why,what,when,that,for,where"),
    "analysts": _class(
        "analyst,analysts,sell side analysts,sellside,sell side,brokers,broker,firms,firm,banks,people,person,folks,"
        "questioners,askers,houses,brokerages,anyone,anybody,someone,somebody,everyone,investors,of the analysts,guys"
    ),
    "anyone": _class(
        "anyone,anybody,someone,somebody,any analyst,any analysts,analysts,an analyst,people,any of the analysts,any bank,"
        "any banks,any firm,any firms,everyone,the analysts"
    ),
    "they": _class("they,anyone,anybody,someone,somebody,people,we,any of them,any company,any one"),
    "question": _class(
        "question,questions,q,qs,follow up,follow ups,followup,followups,query,queries,any questions,all questions,"
        "the questions,all the questions,every question,the question,a question,line of questioning,questioning,"
        "follow up question,follow up questions,inquiry,inquiries,asks"
    ),
    "quote": _class(
        "quote,quotes,quotation,quotations,cite,quoted,quoting,verbatim,exact quote,exact quotes,a quote,the quote,direct quote,direct quotes"
    ),
    "say": _class(
        "say about,say on,say regarding,say re,say around,say concerning,said about,said on,said regarding,says about,"
        "says on,saying about,saying on,talk about,talked about,talks about,talking about,talk on,mention,mentioned,mentions,"
        "mentioning,comment on,commented on,comments on,commenting on,comment about,commented about,discuss,discussed,"
        "discusses,discussing,think about,think of,thinks about,address,addressed,addresses,explain,explained,tell us about,"
        "told us about,tell about,have to say about,have to say on,has to say about,had to say about,had to say on,speak to,"
        "spoke to,speak about,spoke about,speak on,spoke on,speaking about,touch on,touched on,guide to,guide on,guided to,"
        "guide for,reveal about,disclose about,disclosed about,report on,reported on,tell analysts about,told analysts about,"
        "tell investors about,told investors about,feel about,highlight,highlighted,share on,share about,shared about,"
        "said about the,comment regarding,reference,referenced,refer to,referred to,flag,flagged,announce on,announce about,announced about,"
        "saying regarding,have said about,has said about,had said about,been saying about,been saying on,believe about,"
        "elaborate on,elaborated on,claim about,claimed about,promise on,promised on,promise about,promised about,say abt,said abt,say bout,expect on,expect for,expects for"
    ),
    "saybare": _class(
        "say,said,says,saying,state,stated,declare,declared,used the word,used the phrase,use the word,use the phrase,use the words,used the words,used the term,use the term,ever say,ever said,actually say,actually said,claim,claimed,say that,said that"
    ),
    "remarks": _class(
        "comments,comment,remarks,remark,commentary,statements,statement,thoughts,views,view,color,colour,words,wording,"
        "take,outlook,position,stance,response,perspective,quotes,quote,language,discussion"
    ),
    "answer": _class(
        "answer,answers,reply,replies,response,responses,the answer,the answers,the response,the reply,managements answer,"
        "their answer,reaction,management answer,management response,managements response,an answer,all answers,the replies"
    ),
    "respond": _class(
        "respond to,responded to,reply to,replied to,answer,answered,react to,reacted to,responds to,deal with,handle,"
        "handled,responding to,push back on,come back to,answer to"
    ),
    "tell": _class(
        "tell,told,answer,answered,reply to,replied to,say to,said to,respond to,responded to,reply,replied"
    ),
    "andanswer": _class(
        "and what was the answer,and what were the answers,and the answer,and the answers,and what did they answer,"
        "and what was the response,and the response,and what did they say,and how did they respond,and what did they reply,"
        "and how did management respond,and what did management say,and what did management answer,and how was it answered,"
        "and what was said,and what did they get,and answers,and the reply,and what was the reply,and what answer did they get,"
        "and how did they answer,and what answer,and what is the answer,and what did he get,and what did she get,"
        "and what were they told,and what was he told,and what was she told,and how was that answered,and the responses,with answers,"
        "with the answer,with the answers,and what answer did he get,and what answer did she get"
    ),
    "howoften": _class(
        "how often,how many times,how frequently,number of times,how many mentions of,number of mentions of,count,counts,"
        "count of,mentions of,number of mentions,how much,frequency of,tally,count mentions of,counts of,count the mentions of,"
        "how many mentions,mention count of,word count of,word count,how many references to,the number of times,total mentions of,times"
    ),
    "mentioned": _class(
        "mentioned,said,discussed,used,raised,brought up,talked about,come up,came up,comes up,referenced,cited,mention,say,"
        "been mentioned,been said,used the word,spoken about,asked about,occur,occurred,appear,appeared,appears,occurs,asked"
    ),
    "compare": _class(
        "compare,comparison of,comparing,contrast,compared,compare mentions of,a comparison of,compare the,difference in,differences in,diff"
    ),
    "trend": _class(
        "trend,trends,trending,evolution,trajectory,development,change,changes,shift,the trend,the change,changes,progression,movement"
    ),
    "changed": _class(
        "change,changed,changing,evolve,evolved,evolving,develop,developed,trend,trended,trending,move,moved,shift,shifted,progress,"
        "progressed,differ,differed,been changing,been trending,been evolving,vary,varied"
    ),
    "over": _class(
        "over time,over the quarters,from call to call,call to call,quarter to quarter,from quarter to quarter,across calls,"
        "across the calls,across quarters,between calls,quarter by quarter,call by call,across all calls,over the calls,"
        "through the quarters,from one call to the next,each quarter,every quarter,over the years,over the year,across the quarters,call over call,"
        "quarter over quarter trend,in each call,per call,by call,by quarter,by company,across companies,per quarter,per speaker,by speaker,"
        "in every call,for each call,and by whom,by whom,over all quarters,by person,by analyst,by firm,for each quarter,over all calls"
    ),
    "first": _class("first,earliest,initially,first time,for the first time,originally"),
    "call": _class("call,quarter,company,meeting,transcript,one,period,calls,companies,transcripts"),
    "most": _class("most,the most,most often,most frequently,most of all,the most often,more,more than others,loudest"),
    "calls": _class(
        "calls,transcripts,earnings calls,companies,quarters,transcript,files,call list,library,tickers,data,coverage,loaded calls"
    ),
    "loaded": _class(
        "loaded,available,there,in the library,you have,do you have,have you got,have you,you know,you got,do you know,in here,do we have,we have,in memory,indexed,covered,you cover,do you cover,are loaded,are available,are there,can i search,can i ask about,have been loaded"
    ),
    "help": _class(
        "help,usage,commands,examples,man,syntax,instructions,manual,what can you do,what do you do,how do you work,how does this work,how does it work,what can i ask,how do i use this,how do i use you,how to use,who are you,what are you,what is this,how do i ask,what else can you do,what should i ask"
    ),
    "everything": _class("everything,all,anything,everything that,all that,anything that,what"),
    "turns": _class("turns,remarks,speech,statements,words,everything,speeches,all turns,comments,all"),
    "search": _class(
        "search,search for,find,look for,look up,lookup,anything,something,everything,is there anything,any mention,mentions,mention,any mentions,passages,turns,discussion,references,what about,how about,was there anything,was anything said,info,information,details,more,tell me more"
    ),
}

# Said before a question out of politeness or habit; longest first where one starts another.
LEADS: tuple[Words, ...] = tuple(
    sorted(
        (
            tuple(each.split())
            for each in (
                "please,pls,plz,hey,hi,hello,ok,okay,so,um,uh,hmm,yo,well,earshot,bot,can you,could you,would you,can i,could i,"
                "can you please,could you please,tell me,show me,give me,find me,get me,let me know,do you know,any idea,remind me,"
                "i want to know,i need to know,i want,i need,i would like,i would like to know,id like,id like to know,id like to see,"
                "im looking for,i am looking for,looking for,i want to see,let us see,lets see,show,display,fetch,pull,pull up,"
                "can someone tell me,does anyone know,dear bot,quick question,quick one,question,curious,just,also,now,"
                "only,thanks,thank you,good morning,good afternoon,try,wondering,i was wondering,need,want,gimme,list all,"
                "i am trying to find,im trying to find,trying to find,do we know,you know,say"
            ).split(",")
        ),
        key=len,
        reverse=True,
    )
)
TAILS: tuple[Words, ...] = tuple(
    sorted(
        (
            tuple(each.split())
            for each in (
                "please,pls,plz,thanks,thank you,thx,ty,cheers,exactly,at all,at any point,again,lol,asap,if any,if anything,"
                "if anyone,right now,for me,or not,anyone,ok,many thanks,urgent,urgently,you know"
            ).split(",")
        ),
        key=len,
        reverse=True,
    )
)

# Words that carry no topic: they are not ranked where another word is left.
STOP = frozenset(
    "a an the of to in on at by for from with and or as is are was were be been being am do does did done has have had it its "
    "this that these those there here they them their theirs he him his she her hers we us our ours you your yours i me my "
    "mine what which who whom whose when where why how if whether than then so such not no nor very really just also too any "
    "some about into over under again more will would could should can may might shall must going get got up out off going "
    "currently say says said talk talks talked mention mentioned tell told ask asked asks anything something everything "
    "regarding re vs versus per via because while during after before between through please".split()
)


# Surnames and first names that are words of every call: alone, they are a topic and nobody's name.
ORDINARY = frozenset(
    "price cash grant long short rich young green brown black white gray grey king law bond field wood stone rose bush lane "
    "street page case love may day best good strong sharp bright power hill wells banks bank fair french english west north "
    "south east park hall house home board chase cook baker miller mason taylor fisher hunter shepherd bishop noble rice bean "
    "berry apple flowers lake rivers brooks waters snow frost winter summer summers spring storm rain cloud star moon sun gold "
    "silver steel iron copper diamond pearl marsh moss reed branch forest woods meadows dale cliff ridge shore bay beach ford "
    "bridge gates wall walls church temple castle tower towers mill mills major minor knight duke prince justice judge cooper "
    "porter butler carter driver walker speed swift quick hardy savage wise smart moody friend guest child mark bill frank art "
    "ray grace hope faith joy will dawn june april penny chip drew rob sue pat call calls china jordan georgia virginia texas "
    "paris london holland ireland england brazil india chance miles block gap target square match key root beer wine coffee "
    "cotton hay corn ball bell book carry cost change close cross fields free gross hand head high hood hope ice jump key land "
    "leave light little low main march money more new nice norm oak old pace pay peace pitts poll pool pope post pound prior "
    "rate read rise road round rush sale sales sand seal season shaw sky small speaker spark stock sweet train tree trust turner "
    "view wage ward way web weeks wells wheat wheeler wind wing winter worth york legal media energy capital growth margin".split()
)


@cache
def keywords() -> frozenset[str]:
    """Return every word of a class, the only ones a misspelling is corrected to."""
    return frozenset(word for members in CLASSES.values() for member in members for word in member)


@cache
def correctable() -> tuple[str, ...]:
    """Return the keywords that are long and telling enough to be recognised misspelt."""
    return tuple(sorted(word for word in keywords() if len(word) > 3 and word not in _LEAVE))  # noqa: PLR2004 - see spelling.allowed


def flat(members: Iterable[Words]) -> frozenset[str]:
    """Return the first words of a class's members."""
    return frozenset(member[0] for member in members)


# Keywords whose misspelling is too often another word to be worth guessing.
_LEAVE = frozenset(
    "times here more view words take turns that then when take used come came care cared move data".split()
)
