//! Words that people and servers use for the same thing.
//!
//! Written from the vocabulary that MCP servers share, by hand; it knows nothing of
//! one catalog. A word may stand in several lines and then means all of them.
//! Start at [`Synonyms::of`].

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

/// How much a word means another.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Nearness {
    /// Often meant by it.
    Near,
    /// The same word, spelt or shortened differently.
    Same,
}

/// A stem that may stand for another.
pub(super) type Near = (String, Nearness);

/// Stemmed words, each with the stems that may stand for it.
#[derive(Debug)]
pub(super) struct Synonyms(HashMap<String, Vec<(String, Nearness)>>);

impl Synonyms {
    /// The table, built once for the process.
    pub(super) fn get() -> &'static Self {
        static TABLE: OnceLock<Synonyms> = OnceLock::new();
        TABLE.get_or_init(Self::build)
    }

    /// What may stand for a stemmed word, without the word itself.
    pub(super) fn of(&self, stem: &str) -> &[Near] {
        self.0.get(stem).map_or(&[], Vec::as_slice)
    }

    /// All words, each with what may stand for it.
    pub(super) fn all(&'static self) -> impl Iterator<Item = (&'static str, &'static [Near])> {
        let all = self.0.iter();
        all.map(|(stem, others)| (stem.as_str(), others.as_slice()))
    }

    /// Whether a stemmed word stands in the table.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.0.contains_key(stem)
    }

    fn build() -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut table: HashMap<String, Vec<(String, Nearness)>> = HashMap::new();
        for (lines, nearness) in [(SAME, Nearness::Same), (NEAR, Nearness::Near)] {
            for line in lines.lines() {
                let stems: Vec<String> = line
                    .split_whitespace()
                    .map(|word| stemmer.stem(word).into_owned())
                    .collect();
                for a in &stems {
                    let known = table.entry(a.clone()).or_default();
                    for b in &stems {
                        if a != b && !known.iter().any(|(stem, _)| stem == b) {
                            known.push((b.clone(), nearness));
                        }
                    }
                }
            }
        }
        Self(table)
    }
}

/// Abbreviations and spellings.
const SAME: &str = "\
repository repo
database db
kubernetes k8s
configuration config
documentation docs doc
document doc
information info
authentication auth
authorization auth
environment env
organization organisation org
application app
image img
picture pic
photo photograph
message msg
parameter param
administrator admin
directory dir
production prod
development dev
synchronize sync
statistics stats
performance perf
specification spec
reference ref
temporary temp
maximum max
minimum min
average avg
number num
identifier id
javascript js
typescript ts
python py
spreadsheet xls xlsx
powerpoint ppt pptx
word docx
color colour
favorite favourite
center centre
organize organise
analyze analyse
summarize summarise
optimize optimise
visualize visualise
customize customise
email mail
television tv
advertisement ad advert
transaction txn
account acct
quantity qty
calculate calc compute
temperature temp
cryptocurrency crypto
synchronise synchronize
";

/// What is often said for the same thing.
const NEAR: &str = "\
delete remove erase drop destroy purge discard
create add new make insert generate
get fetch retrieve read show view obtain
list show enumerate browse all
find search lookup query discover locate look
update edit modify change alter set adjust revise
send post deliver
run execute launch start trigger invoke
stop cancel terminate kill abort halt end shutdown
start boot begin open
pause suspend hold
resume continue restart
retry rerun redo again
copy duplicate clone
fork clone copy
move transfer relocate migrate
rename title name
save store write persist keep
download export save
upload attach import
export convert dump
convert transform format
combine merge join concatenate
split divide separate
compare diff difference contrast
check verify validate test inspect confirm
analyze examine evaluate inspect review assess
summarize summary digest overview brief recap
translate translation language
approve accept confirm
reject decline deny refuse
assign delegate owner assignee responsible
invite add member
share permission grant access
revoke remove access permission
block ban deny
enable activate on
disable deactivate off
publish release deploy ship rollout
deploy deployment rollout release
rollback revert undo restore
restore recover backup undelete
archive trash
close resolve complete finish done
reopen open
subscribe follow watch
unsubscribe unfollow unwatch
star favorite bookmark like
pin highlight
vote upvote react reaction emoji
mention notify ping
notify notification alert remind reminder
wait sleep delay
schedule cron recurring timer
count number total many
sort order rank
filter narrow
group aggregate
click press tap
type enter fill input
scroll swipe
scrape crawl extract
navigate visit browse goto open
screenshot capture snapshot image
preview render display
draw sketch diagram
design mockup layout
lock protect
issue ticket bug task
task todo ticket issue
story epic issue
backlog sprint iteration
project board
milestone deadline due
comment reply note feedback remark
label tag category
review approval feedback
commit revision change
branch fork
diff patch change
history changelog log past
version release tag
file document
folder directory
path location
code source
codebase repository
contributor collaborator author member
pipeline workflow build ci
workflow automation pipeline process
job run task
build compile
package dependency library module
vulnerability security cve advisory
secret credential password token key
leak expose
permission access role privilege
policy rule
user member person people account
profile account user
team group
organization company business workspace
employee staff worker
manager boss supervisor
message chat dm conversation
channel room
thread conversation reply
conversation discussion chat
email inbox message
draft compose write
attachment file
calendar event meeting appointment
availability free busy slot
meeting call conference
agenda schedule
contact customer person lead
customer client buyer
deal opportunity sale
lead prospect
invoice bill
payment charge pay transaction
refund reimburse return
subscription plan recurring
coupon discount promotion
product item goods
inventory stock
order purchase buy
cart basket checkout
price cost fee rate
budget spend expense
balance fund
tax vat
stock share equity ticker
crypto coin token bitcoin
exchange rate currency
market trading
earnings revenue income profit
forecast prediction
weather forecast climate temperature rain
map location place
address location geocode coordinate
geocode coordinate latitude longitude
route direction navigation path
distance far
nearby near around close
flight airline plane
airport flight
train rail railway
hotel accommodation lodging stay
booking reservation book reserve
restaurant food dining
recipe cooking meal dish
trip travel journey
ticket booking
news headline article
article post blog
blog post
paper article publication research study
citation reference
book ebook
page site
website site page web
url link address
domain dns
browser tab page
database table
table sheet
spreadsheet sheet excel
sql query
schema structure
column field attribute property
row record entry
record entry item
document doc note page
note page memo
wiki page documentation
documentation guide manual reference
template boilerplate
slide presentation deck
chart graph plot visualization
diagram flowchart graph
image picture photo
video movie clip film
movie film
song track music
playlist album
audio sound voice
voice speech
speech tts
transcript caption subtitle transcription
recording session replay
server host machine instance vm
instance vm machine
container docker
cluster kubernetes
pod container
function lambda
bucket storage
storage disk
log trace event
error exception crash failure
incident outage
outage down downtime
alert alarm
metric measure statistic
dashboard report
report summary
analytics traffic insight
visitor traffic visit
conversion funnel
latency slow performance
monitor monitoring observability watch
uptime availability health
health status
status state progress
feature flag toggle
experiment test
survey form questionnaire
form field input
response answer reply
question ask
campaign newsletter
audience segment
social post tweet
tweet post
follower subscriber
memory knowledge remember
remember memory store
forget delete
reason think
embedding vector
similarity semantic related
model llm
prompt template
dataset data
webhook callback hook
integration connector app
plugin extension
variable value
setting preference configuration option
certificate ssl tls
cache purge
device phone mobile
app application
component element widget
style css design
font typography
icon logo
time clock
date day time
timezone time
today current now
latest recent newest current last
upcoming next future
popular trending top hot
trend trending popular
cheap low price
detail information
metadata information property
content text body
template layout
size dimension
location region
country region
population demographic
game match
match fixture game
player champion character
score result
team club
job vacancy career
";
