"""English given names and the short forms people go by: one group a line, all of a group may be one person."""

GROUPS = """
abigail abby gail
alan al allan allen
albert al bert
alexander alex sandy alexandre alexandra alexis lex
alfred al fred
andrew andy drew andre andreas
anthony tony antonio anton
arthur art
barbara barb
bartholomew bart
benjamin ben benny
bernard bernie
bradley brad bradford
calvin cal
catherine cathy kate katie katy katherine kathy kathryn kathleen cate
charles charlie chuck chas
christine chris christina christy tina
christopher chris topher christoph kit
clifford cliff
clinton clint
curtis curt
cynthia cindy
daniel dan danny daniela danielle
david dave
deborah deb debbie debra
dennis denny denis
dominic dom dominick
donald don donnie
dorothy dot
douglas doug
edward ed eddie ted ned eduardo
edwin ed
elizabeth liz beth betsy lisa eliza betty
eugene gene
evan ev
francis frank fran francisco
frederick fred freddie rick
gabriel gabe gabrielle
gerald jerry gerry
geoffrey geoff jeff
george georgie jorge
gregory greg gregg
harold hal harry
henry hank harry
herbert herb
jacob jake
jacqueline jackie
james jim jimmy jamie jay
janet jan
jason jay
jeffrey jeff jeffery jeffry
jennifer jen jenn jenny
jeremy jerry
jessica jess jessie
john jack johnny jon
jonathan jon john johnathan
joseph joe joey jose
joshua josh
judith judy
kenneth ken kenny
kimberly kim
lawrence larry laurence lars
leonard len lenny leo
leslie les
louis lou louie
margaret maggie meg peggy marge
marjorie margie
martin marty
matthew matt mathew
maxwell max maximilian
melissa mel missy
michael mike mick mickey mitch
mitchell mitch
mohammed mo mohamed muhammad
nathaniel nate nathan nat
nicholas nick nicolas nico
norman norm
oliver ollie
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete
philip phil phillip
raymond ray
rebecca becky becca
reginald reg reggie
richard rick rich dick ricky
robert bob rob bobby robbie bert
roderick rod
rodney rod
ronald ron ronnie
russell russ
ryan ry
samuel sam sammy samantha
sandra sandy
scott scotty
shannon shan
sidney sid
stanley stan
stephanie steph
stephen steve steven stefan stephan esteban
stuart stu stewart
susan sue suzanne susie
terrence terry terence
theodore ted teddy theo
thomas tom tommy
timothy tim timmy
tobias toby
valerie val
vernon vern
veronica ronnie
victor vic
victoria vicky vicki
vincent vince vinny
walter walt
wesley wes
wilfred wilf
william bill will billy willy liam
zachary zach zack
satyanarayana satya
venkata venkat venkatesh
krishnan krish krishna
srikanth sri
subramanian subu
"""


def _together() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in GROUPS.split("\n"):
        group = line.split()
        for name in group:
            found.setdefault(name, set()).update(group)
    return {name: frozenset(group) for name, group in found.items()}


TOGETHER = _together()


def may_be(one: str, other: str) -> bool:
    """Tell whether two given names (lower case) may be one person's: equal, short forms, or an initial."""
    if one == other or other in TOGETHER.get(one, ()):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long[0] == short
    return len(short) >= 3 and long.startswith(short)  # noqa: PLR2004  # Alex, Ben, Dan
