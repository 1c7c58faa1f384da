package org.trefoil.custody.passcode;

import java.util.List;
import org.trefoil.core.units.Splitter;

/**
 * The 3,000 most common passwords, one block for each tier of rank, each in alphabetical order.
 * Selected from the list of the zxcvbn project (package zxcvbn 4.4.2, MIT licence, Copyright
 * 2012-2016 Dan Wheeler and Dropbox, Inc.), which counted leaked passwords.
 */
final class CommonPasswords {
  private static final String FIRST_100 =
      """
      000000 111111 11111111 112233 123123 123321 1234 12345 123456 1234567 12345678 123456789
      1234567890 1234qwer 123qwe 131313 159753 1qaz2wsx 654321 666666 6969 696969 7777777 abc123
      access asdfgh asshole austin baseball batman biteme buster charlie cheese chelsea computer
      cookie corvette dallas diamond dragon football freedom fuck fucker fuckme fuckyou gfhjkm
      ginger golfer hammer harley hello hockey hunter iloveyou internet jordan killer klaster
      letmein love maggie master matrix maverick merlin mickey monkey mustang orange pass password
      pepper phoenix princess pussy q1w2e3r4t5 qazwsx qwerty qwertyuiop ranger samantha scooter
      secret shadow silver soccer sparky starwars summer sunshine superman test thunder tigger
      trustno1 yankees zxcvbn zxcvbnm
      """;

  private static final String TO_400 =
      """
      007007 01012011 102030 11223344 12344321 123456a 123456q 12345a 123654 123abc 12qwaszx 159357
      1q2w3e4r 1q2w3e4r5t 1qazxsw2 2112 315475 4815162342 5150 789456 789456123 8675309 abcd1234
      adidas airborne alexande alexis america andrey angel angels animal apollo apple apples arsenal
      asdasd asdf asdf1234 asdfasdf asdfghjk asdfghjkl azerty babygirl badboy banana bandit barney
      bear beatles beaver beavis bigboy bigdaddy bigdick bigdog bigtits birdie bitch blazer blink182
      blowjob blowme blue bond007 booboo booger boomer boston brandy braves broncos brooklyn bubba
      bubbles buddy bulldog bullshit butter butthead camaro cameron canada captain carolina cartman
      casper cassie celtic chester chicago chicken christin cocacola coffee compaq copper cowboy
      cowboys creative cricket dakota darkness destiny dexter diablo dick digital doctor dolphin
      dolphins donkey driver eagles eclipse elephant eminem enter explorer falcon fender ferrari
      fire fish fishing florida flower fluffy forever freddy fucking fuckoff gandalf garfield
      gateway gators gemini ghbdtn giants girls godzilla golden golf guinness guitar gunner hannah
      hardcore heaven helpme hooters horny hotdog iceman iwantu jackass jaguar jasmine jasper
      jordan23 junior kitten lakers lasvegas legend lifehack liverpoo liverpool london loveme lover
      lovers lucky maddog madison magic marina marine marlboro maxwell mercedes metallic michigan
      midnight money monster mother mountain muffin nascar natasha ncc1701 newyork nikita nintendo
      nirvana nissan oliver online packers pakistan panther panties passw0rd password1 peaches
      peanut phantom platinum playboy player pokemon police pookie porn porsche prince private
      pumpkin purple q1w2e3 q1w2e3r4 qazwsxedc qazxsw qwaszx qweqwe qwer1234 qwert qwerty1 qwerty123
      qwertyui rabbit raiders rainbow rangers razz red123 redskins redsox redwings rocket rosebud
      runner rush2112 samson samsung saturn scooby scorpio scorpion sergey sexsex sexy shelby
      shithead sierra skippy slayer slipknot smokey sniper snoopy snowball sophie spanky spider
      startrek steelers stupid success suckit sydney tennis testing theman therock thx1138 tiger
      tigers tits tomcat topgun toyota trinity trouble turtle viking voodoo voyager warrior welcome
      whatever willow winner winston winter wizard xavier yamaha yellow
      """;

  private static final String TO_1000 =
      """
      01011 01011980 01011990 01012000 010203 1029384756 111222 12312 123123a 1232323q 1234554321
      123456789a 123456789q 12345q 12345qwert 1234abcd 123654789 123789 123qweasd 123qweasdzxc
      124578 134679 135790 142536 147258 147258369 147852 147852369 159951 1q2w3e 1qaz2wsx3edc
      246810 314159 31415926 420420 456123 666999 741852 741852963 753951 852456 9379992 a12345
      a123456 a1b2c3 a1b2c3d4 aardvark accord action admin airforce airplane alabama alaska alexandr
      alpha alpha1 amateur angel1 apache arizona asd123 asdfg asdfghj assassin assman atlanta
      atlantis avalon avatar awesome babes babydoll babylon babylon5 badass badger baller balls
      bambam barbie basketba bastard beauty beer berlin bigboobs bigcock bigfoot bigmac bigman
      bigone bigred billybob bitches blahblah blaster blizzard blonde blondie bluebird bobafett
      bobcat bollocks bondage boobies boobs boogie booty bowling brazil britney bronco browns bruins
      brutus bubba1 bubble buckeye buckeyes buddha buddy1 budlight buffalo bulldogs bullet bunny
      butterfl butterfly cadillac caesar cancer cardinal casino catch22 catfish cavalier cessna
      champion changeme charlie1 cherokee cherry chevelle chevy cheyenne chiefs chipper chocolat
      chopper chris1 christ christia chronic cjkysirj classic cobra cock colorado connor cookies
      corona cougar coyote cthutq cumshot cunt dancer danger darkside darkstar dbrnjhbz defender
      deftones detroit devildog devils dfvgbh diamonds dickhead diesel digger dilbert disney dodgers
      doggie dollar domino dragon1 dragons dreamer dreams drowssap drummer ducati eagle eagle1 eatme
      einstein electric elizabet empire engineer enigma enterpri escort everton express extreme
      fantasy fatboy fetish ficken fireball firebird fireman fktrcfylh flash flipper flyers foobar
      forest freaky freedom1 freepass freeuser friday froggy fucked fuckit fuckyou2 fyfcnfcbz fylhtq
      galaxy galina galore gambit genesis genius gizmo goblue goldfish goober google greenday gundam
      hacker hamlet happy1 hardon hawaii hawkeye hellfire hello1 hello123 hendrix hentai hercules
      hesoyam highland hiphop hitman hjvfirf hobbes holiday honda hooker hornet horney horse horses
      hotrod hotstuff hottie hummer ibanez icecream iloveu impala indiana indians indigo infinity
      integra ironman james1 jessica1 jester joker jupiter justice juventus karate karina katana
      kawasaki kirill kitty knicks kodiak lacrosse lancer larisa leather lennon lesbian lestat
      letmein1 liberty lickme lights lizard logitech lol123 lonewolf longhorn lovely loverboy
      loveyou lucifer lucky1 machine maddie madman madmax madonna magnum maksim malibu manchester
      manson manutd marathon marines marino marley maryjane master1 maxima maximus mercury metallica
      mexico michael1 microsoft minecraft mister mistress mnbvcxz monday money1 monkey1 montana
      montreal mookie moose motorola mouse mozart mustang1 mylove naruto nastya natali naughty
      ncc1701d nemesis newport nfnmzyf nipples oicu812 oksana openup ou812 outlaw packard paladin
      pandora pantera panthers panzer paradise passion passport password123 patches patriots
      pavilion pearljam peekaboo peewee pegasus penguin penis pepsi pervert phpbb picard pickle
      piglet pimp pimpin pirate polaris polina pontiac poohbear poop poopoo popcorn popeye porno
      precious predator prelude presario psycho pussies pussy1 pussycat pyramid qaz123 qazqaz
      qazwsx123 qqq111 qwe123 qweasd qweasdzxc qwerty12 qwertyu racing raider random raptor rascal
      rasdzv3 raven reaper reddog redhead redneck redrum renegade rocks rockstar rocky1 rolltide
      ronaldo rooster rulez ruslan russia sailor saints samurai sandman scarface scotland scotty
      scully seattle security semperfi serega serenity shaggy shamrock shooter shorty shotgun
      siemens simple simpsons skater skeeter skipper skyline slut smiley smitty smoke smooth snake
      snickers snowman softball software soso123aljg spartan speedy spiderma spiderman spike spirit
      spitfire spooky spring squirt srinivas stalker star stargate stealth stephani stinger stingray
      stinky stormy strike subaru sublime sucker suckme sugar sunday sunset super surfer suzuki
      svetlana sweetpea sweety swimming swinger swordfis swordfish target tarheels tattoo taurus
      teacher teens test123 tester thailand theone thumper tickle tiger1 tinker titanic tornado
      toronto toshiba transam travel trfnthbyf trigger trooper trucker trucks trumpet turkey tweety
      unicorn usuckballz1 vagina valentin valentina valera vampire vegeta veronika vfhbyf vfrcbv
      victory vikings viktor viper vision vladimir wanker warcraft weasel welcome1 westside whynot
      wicked wildcat wildcats windows wolfgang wolfpack wolverin wolves wombat woody wordpass
      wrangler wutang xfiles yankee yankees1 yfnfif ytrewq zaq12wsx zaqwsx zeppelin zombie zxc123
      """;

  private static final String TO_2000 =
      """
      0.0.000 000007 0007 01011991 01012001 01012010 102938 11112222 111222333 1122 1122334455
      112358 11235813 1123581321 12121 121314 1221 123098 12312312 12332 123321123 123321q 1234321
      123454321 1234567890q 12345678910 123456789z 1234567a 1234567q 123456aa 123456k 123456qwerty
      123456z 123457 12369874 123698745 123987 123asd 123qaz 123qwe123 123zxc 132435 13579 1366613
      141627 1478963 14789632 147896325 15426378 1701 192837465 1a2b3c 1a2b3c4d 1passwor
      1q2w3e4r5t6y 223344 2468 25802580 258456 321654 362436 4128 445566 456654 456852 555666 666777
      6751520 753159 7895123 789654 8j4ye3uz 906090 911911 951753 963852 987456 a1234567 a1s2d3f4
      aaa111 abc12 aberdeen abgrtyu access14 achilles adgjmptw aezakmi agent007 aggies alejandr
      aleksandr aliens alpine amadeus amazon amber1 amsterdam anakin anal analsex anarchy andrei
      andrew1 anime anthony1 anubis apollo13 apple1 aquarius aragorn area51 arsenal1 asdf123 asdzxc
      aspirine assfuck asshole1 asterix astros atomic auburn aussie avenger azamat azsxdc babe
      babyboy baggins bananas bang bangkok banshee barcelon barcelona barkley basket bassman batman1
      beagle beast beckham beefcake beetle bicycle bigballs biggie bigguy billyboy bingo birdman
      biscuit bitch1 blabla black1 blackcat blackdog blackie blackjac blacks blacky blade blades
      blessed blondes blue123 blue22 blueeyes bluemoon blues bluesky boeing bogdan bohica bollox
      bomber bonehead boner bones bonjour boots bosco bossman bowler brando brandon1 brasil breast
      breeze brownie brucelee bubbas budman buffett bugger bull bunghole burger buster1 butch
      butthole buttons byteme cactus caliente californ camel camelot camels candyman cantona capone
      carpet carrot cartoon caserta casey1 catdog catherin cats ccbill cdtnkfyf celica celine
      celtics champs chaos charger chargers charlott charly charmed chelsea1 chevrole chevy1 chichi
      chicks chrissy christop chubby chucky cjkywt clancy clitoris clover colombia colors colt45
      coltrane commando concrete condor connect consumer cooldude cooler coolio coolman cosmos
      cosworth cowboys1 cracker crazy1 creampie crimson crusader cthulhu cuddles cumming cupcake
      curious cutter cxfcnmt daddy1 dagger daisy1 daniel1 daniil danila danni dannyboy david1 dawg
      daytona deadhead deadman deeznuts defiant delete delta delta1 desert designer desire deskjet
      devil diamond1 dietcoke dilligaf dima dingdong discover dkflbvbh doberman dodger dodgeram dogg
      doggy dogman dogs doobie doodle dookie doughboy dracula drago drizzt drpepper dthjybrf dublin
      duck dumbass durango eatpussy eatshit eduard ekaterina element elvis1 emerald engage
      enterprise erotic eternity excalibu exigen exigent falcons fallen farside faster fatass fatcat
      fatman ferret fighter filter finger firefly firefox fitness fktrctq flames flamingo flatron
      flyboy formula formula1 fossil foxtrot frank1 franky freaks freckles frog frogger front242
      frontier frosty fuck_inside fuckers fuckface fuckyou1 funtime fusion gangbang gangsta gangster
      garden gateway1 gator gbpltw geheim geronimo getsome ghbdtnbr ghjcnj ghost gizmo1 gizmodo
      gjkbyf gn56gn56 goblin goddess godsmack goforit golfball golfing goodluck goodtime goose
      gopher gorilla gotcha gothic granny green1 gremlin grendel griffey grizzly groovy guardian
      gustav halflife hallo hamburg hammers hamster hannibal hansolo harley1 hearts heather1 herbie
      hermes hershey hidden hitler hobbit hollywoo homer1 homers homerun honda1 hongkong horndog
      horny1 hotboy hotsex hunter1 hunting hurrican husker huskers iforgot igor iguana ihateyou
      ilovesex immortal incubus inferno infiniti insane intrepid irina italia ivanov iverson jackal
      jackoff jackson1 jamaica jamesbon jammer jason1 jeep jericho jesus1 jethro jimbo jimbob jimmy1
      john316 jordan1 jrcfyf juice jumper jungle justdoit justme kaktus kamikaze kangaroo kansas
      kasper katerina katrin keeper kenwood kevin1 keyboard keystone kicker killer1 killme kingkong
      kingpin kingston kisses kissme kitkat kitty1 kittycat knights kolobok kotenok krishna labrador
      labtec ladybug laguna lancelot laptop latino ledzep legacy legion legolas leopard lesbians
      lespaul letmein2 letsgo lexmark lick licker lickit lightnin liquid lobster lollipop lollol
      lonestar looker loser loveit lowrider lucky7 luckydog lvbnhbq macdaddy madness maestro magic1
      magnus maiden mailcreated5240 mailman makaveli mallard manchest mandingo maniac mariners
      martini massive matthew1 mature meatball megadeth megaman melissa1 memphis meridian mersedes
      miami microlab microsof mighty mikey milano mirage molly1 moloko molson momoney moneys
      mongoose monitor monkeys monopoly moocow moomoo morpheus moscow mulder munchkin muppet muscle
      mushroom musicman mustangs mypass mystic naked napass nasty ncc1701a ncc1701e nebraska neptune
      nevada newlife newpass nicola nimrod niners ninja nipple nofear nokia nolimit noodle noodles
      nookie nopass nugget nuttertools nylons nymets oakland obiwan oblivion ohyeah oilers oldman
      omega omega1 onelove oracle orion oscar1 osiris overlord oxford pa55w0rd pa55word pacman
      panama panasonic pancho panda paradox parola parrot pascal pass123 passat passwor passwort
      patrick1 patriot peanuts pebbles pencil penguins pentium pepsi1 peter1 peterpan peugeot
      philips phillies philly phoenix1 photos picasso pickles pics pikachu pineappl ping pink
      pinkfloy pioneer pirates pistol pitbull pizza planet plastic playtime plumber plymouth poison
      poiuyt pokemon1 polo poncho pooh pooper poopie porkchop pornstar porsche9 portland portugal
      possum postal potato powder power1 primus princes printer privet prodigy punisher punkin
      punkrock puppies puppy pussy69 pussys putter python q12345 q1w2e3r4t5y6 qawsed qawsedrf
      qazwsxed qazwsxedcrfv qazxswedc qwerasdf qwert123 qwerty12345 qwerty123456 qwertyuio qwertz
      racecar racerx ragnarok raiders1 raistlin rammstein ranger1 rangers1 raven1 ravens rbhbkk
      rebel rebels redalert redbull redhot redman rescue rfnthbyf rfrfirf rhbcnbyf richard1 ripper
      rjntyjr robert1 rocker rockets rockon roller romashka rommel rookie rootbeer rubber rusty1
      sabbath sabine sailboat sailing sakura salmon sammy1 sandiego sapphire sarah1 sasha1 sassy
      satan satan666 scarlet scoobydo scooter1 scrappy scream scruffy sebastia seinfeld select
      seminole sentinel septembe sergei server sesame seven7 sex4me sexual sexygirl shadow1 shalom
      shaman shaney14 shaolin shark sharks shasta shaved shazam shemale sherlock shiloh shitty
      shogun showme showtime simba sinatra sinner sirius sithlord skiing skinny skittles skywalke
      slappy slapshot sleepy slick sluts smiles smoker smokin smudge snakes snapper snatch snuggles
      sobaka soccer1 socrates soldier soleil sommer sonic sooners spanking spankme spartak spartans
      speaker spectrum spidey splash sprint sprite spunky spyder squirrel stallion starbuck
      starcraft stardust starfish sterlin steve1 sticky stimpy stocking stonecol stones storm
      stranger strider striker stripper stud suck sucks summer1 summit sundance sunrise super1
      super123 superfly surfing svetik swallow sweets swingers syracuse tacobell tacoma tanker
      tardis tarheel tarzan tatyana tazman tdutybq technics techno teen telefon tempest tequila
      terminator terror test1 texas1 thankyou thegame theking thomas1 thuglife thunder1 timber
      tintin titans titleist tolkien topcat topdog topper tottenha tractor trance trebor tricky
      triton triumph trixie trojan trojans trombone truck truelove trunks tuesday turbo twilight
      twister ultimate unreal usa123 vacation vader valhalla vanhalen vanilla vectra velvet verbatim
      veritas vertigo vette vfhecz vfrcbvrf vfvjxrf viktoria viper1 vipers virgin vkontakte vladik
      vortex vulcan walnut warhammer warlock warriors waterloo webmaster weed weezer werewolf
      westham wetpussy wheels whiskey whocares whore william1 wisdom wolfman wolverine woody1 wookie
      wrinkle1 xanadu ybrbnf yomama yourmom zaphod zaq123 zaq1xsw2 zidane zipper zvezda zxcv1234
      """;

  private static final String TO_3000 =
      """
      0.0.0.000 000001 01011910 01011970 01011975 01011981 01011984 01011985 01011986 01011987
      01011988 01011989 01011992 01011993 01091989 02071982 02071986 03082006 0420 1000 100000 1001
      1005 1007 10101 1012 10203 10203040 1024 1066 112211 11223 12131415 122333 1225 123123q 123451
      123456654321 12345678a 12345678q 12345679 123456r 123456s 12345qwe 12345z 1234qwe 123789456
      123aaa 123qwerty 128500 12qw34er 12qwas 13243546 135246 1357 135792468 14725836 150781 162534
      18436572 192837 19411945 1q2w3e4r5 1qa2ws3ed 1qwerty 1x2zkg8w 200000 2128506 222333 235689
      321123 321456 321654987 332211 333666 336699 4121 420247 456321 4runner 50cent 5551212 555777
      73501505 7753191 777888 7779311 778899 784512 787898 789123 78945612 789987 90210 963852741
      a123456789 a1s2d3 aaliyah abc1234 abc12345 abcd123 absolut adonis aikido airbus albatros
      albion aleksandra aleksey alfa alibaba allmine allsop allstar alphabet alucard amanda1
      america1 amsterda anaconda andromeda anfield angus anhyeuem apple123 applepie arjay armani
      artemis artur asdfjkl ashley1 aspire assholes audia4 australi avalanch azsxdcfv babyblue
      babyface bacardi backdoor baddog badgirl bagira balloon balloons banane banker barefoot barsik
      bayern beaches beaner beanie beastie beautifu benfica bengals beretta bigass bigbear bigbird
      biggles bigmike bigmoney bigsexy bigtime bikini billy1 bimmer bing bizkit blackbir blackhaw
      blackjack blessing blueboy bluedog bob123 bobby1 bogart bogey bonkers bonsai boob boobie
      bookworm boomboom bootie boricua bounce boxing br0d3r br549 brian1 brighton bristol bucket
      buckshot buddah buddie budweise buffy1 builder bulldog1 bullseye bunny1 buttman buzzard
      cabbage calgary calico caligula cambiami cancun candle canon caramel carrera casanova cat123
      catman caveman cbr600 celeron cerberus cfitymrf cgfhnfr chainsaw champ charles1 charli
      charlton chaser cheers cheese1 cheetah chester1 chewie chicago1 chicken1 chickens chico chivas
      chou chrisbln chrono chuang chuckie chuckles chunky cicero cigars cinder cinnamon clapton
      clarinet clemson clevelan clipper cloud9 clouds cobra1 cocks coconut cohiba coke comet compute
      condom coolguy cooter corrado cosmo crazybab creamy critter crjhgbjy cruise cruiser crunch
      crysis crystal1 cubbies cubswin cunts custom cutlass cyber cyclone cyclops cypress daewoo
      dalejr dallas1 dammit damnit dang danie danzig davids dbrnjh death1 deejay deepthroat deeznutz
      deluxe denali deniska depeche dfkthbz dfkthf dfktynbyf dharma dicks diehard digital1 dildo
      dinamo ding dinosaur diver divine dkflbckfd dodge1 dogfood doghouse donuts doogie dragoon
      droopy duchess duster eagles1 eastside edward1 eeyore emily1 enter1 eraser ericsson erotica
      eternal europa everest exodus f**k fabie fabric facial fallout fang fart feather feng fernand
      ferrari1 fester fghtkm fiesta figaro fishes fishing1 fktrcfylhf flash1 fletch floppy florian
      florida1 flounder footbal football1 fordf150 forfun fortuna francesc freeporn fright frisco
      frisky frodo fubar fuckher fuckthis fucku fucku2 fugazi futbol gabrie gabriell gandalf1
      gargoyle gator1 gegcbr george1 gesperrt getmoney gfhjkm1 gfhjkm123 ghetto ghjcnjnfr ginger1
      giorgi gladiator gmoney goalie godfathe godfather gofish goku goldstar goldwing goliath gollum
      gong gonzo goodboy goofy gordon24 gotohell govols grapes great1 greatone greenbay greens
      gregor gretzky gringo groove groucho grumpy gsxr750 guiness gunnar gunners hacked hairy
      hal9000 hambone handyman happy123 happyday hardcock hardrock harry1 havefun hawaiian hawkeyes
      hayabusa hedgehog heineken helloo hellyeah helmet hithere hockey1 hokies holly1 holyshit
      honey1 hoosier hoosiers hooter horizon hotpussy hotred hotshot huskies hustler hyperion ib6ub9
      idontknow illini illusion iloveyo insert intel intruder irish1 ivanova jabroni jacob1 jagger
      james007 jamesbond jamie1 jarhead jasmine1 java jaybird jayhawk jazzman jedi jenny1 jerkoff
      jessic jewels johannes johnboy joker1 jokers joshua1 juggalo junebug just4me justin1 kahuna
      karolina kashmir katie1 kcj9wx5n kelly1 kenshin kenworth keywest kickass killbill kingfish
      kinky kipper klingon knickers knopka kool korn koshka kosmos kostya ktyjxrf kume kungfu
      lansing laser leavemealone leonid lexus lightning lineage2 lion lionking loco logan1 lokomotiv
      lolipop looser losers love1 love123 love69 lover1 lovesex lucky13 ludmila macross madison1
      maggot magick magicman magpie majestic malaka malina mamapapa maradona maria1 marino13 marius
      martin1 maste matador max123 maxell maxim maxx mayday mayhem mazafaka meathead meatloaf
      mechanic medusa megapass megatron meister mellon mellow memorex menace meowmeow mian michae
      micron midget midway milana milena minime misfit mishka missy1 mittens mojo monaco monalisa
      mondeo moneyman monke monster1 montgom240 moonlight moose1 mortgage mortimer motherlode mouse1
      multiplelo music1 musica mustard mybaby mylife napster ne1469 newbie newcastl newyork1 nickel
      nicole1 nike nikola nikolay nipper nitram nokia6300 nudist number1 nwo4life nyjets oasis oleg
      olivier onlyme operator optimus orange1 oranges orchid orgasm orioles ou8122 outkast overkill
      p0015123 pacers packer packers1 padres paintbal paintball panasoni panther1 pantyhos pass1234
      passme passwor1 password2 passwords peach penny1 penthous pepper1 philippe phish pianoman
      piccolo pillow pingpong pinhead pippen pisces pissing pizzas pobeda poiuytrewq
      polniypizdec0211 polska pompey pony poochie poodle poontang pooter poppy pornos poseidon
      presto prissy prophet proxy pudding pupsik purdue pussie q123456 qazwsx12 quantum quartz
      quattro queens qwer123 qwert1 qwerty1234 r2d2c3po rabota racer rachel1 rainman rambler rambo
      ramses rasputin rasta rastaman rctybz reader realmadrid rebecca1 redfish redwing redwood
      reebok reefer renault rereirf retard rfhbyf rfrnec rhfcjnrf rightnow ripken ripple rjirfrgbde
      rjycnfynby roadkill roadking roadrunn robotech rockford rockhard rodman rotten route66 rover
      rovers royals rtyuehe rulezzz runescape rustam sabres sadie1 safari salamander saleen salomon
      samiam samsung1 sancho sandro sandy1 sapper saratoga sascha sasuke saun sauron sausage sayang
      scania scanner scotch scott1 scout scuba seahawks seamus searay secret1 seeker sersolution
      sex123 sexx sexxxx sexy1 sexy69 sexyman shado shai shania shannon1 sharky shou shun silver1
      simon1 sinbad sixers skidoo skorpion skydive skywalker slacker slave slider slinky slutty
      smeghead smegma smelly smokes smut snake1 snapon snapple sneakers snoop snoopdog snowboar
      sojdlg123aljg solnce sonics sony southpark spaceman spank sparkle sparta spawn spike1 splinter
      spongebob spurs sputnik squash stalin star69 starfire starman starship starter static steeler
      stefano steph stereo sticks sting stocks stoned stoney studly stumpy stunner subway sultan
      sunflowe sunnyday sunshin superman1 supersta superstar surf sweet1 swimmer sword swords
      syncmaster talisman tango taylor1 tazmania tekken temp terrapin test1234 thanatos theboss
      thecat thedog theend thegreat thekid thesims thirteen thongs thor tiberius tigger1 tights
      tinkerbell tinman titanium titties titty tomato tommy1 tommyboy tootsie topher tracker trader
      translator trapper traveler treasure triangle trident tsunami tunafish tundra turbo1 turkey50
      twinkle twisted tyler1 typhoon ufkbyf ultima umbrella underdog undertaker usarmy usmc usnavy
      utopia vector vermont vfczyz vfhufhbnf vfksirf vfvekz vfvfgfgf vh5150 viagra viewsonic vitalik
      vladislav volley volvo voyeur walleye walmart walrus wapbbs warlord warthog wasser wassup
      watcher welder westwood whatsup whiskers whisky whisper whitesox whitey wibble wildfire
      wildman windsor winston1 wolf359 wolfie woofwoof woohoo wrestlin xbox360 xtreme xxx123 ybrjkfq
      yosemite yousuck yzerman z1x2c3 zaqxsw zenith zerocool zeus zhong ziggy zigzag zippy zorro
      zxasqw12 zxcasd zxcasdqwe zxcvbnm1
      """;

  private static final String[] TIERS = {FIRST_100, TO_400, TO_1000, TO_2000, TO_3000};

  private CommonPasswords() {}

  static int tiers() {
    return TIERS.length;
  }

  /** The passwords of a tier, 0 the most common. */
  static List<String> tier(int tier) {
    return Splitter.split(TIERS[tier].trim(), " \n");
  }
}
