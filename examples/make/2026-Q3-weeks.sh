# shellcheck shell=bash
# The check-ins of 2026-Q3, one argument for each Friday and the last for 30 September.
# Run by make.sh.

plan=2026-Q3/company.md
weeks $plan 1.1 '86.4 g7' '87.0 g7' '86.1 g6 | two vans in repair, back on Tuesday' '87.5 g7' \
  '88.2 g7 | 16:00 cut-off holds' '88.0 y5 | holiday cover thin at the north dock' '88.9 g6' . '89.6 g6' \
  '90.4 g6 | best week so far' '89.7 y6 | strike at our carrier; a second one from Monday' '90.1 g6' \
  '90.5 r5 | better by 4.5 points, 3.5 short'
weeks $plan 1.2 '58.3 g6' '58.9 g6' '59.4 g7' '59.8 g7' '60.9 g7' '61.2 g7' . \
  '62.0 g7 | letters to sleeping accounts seem to work' '62.4 g7' '63.1 g7' '63.0 g7' '63.6 g7' \
  '64 g8 | three quarters of the way'
weeks $plan 1.3 '9.18 g' '9.24 g' '9.31 g | rental vans' '9.22 g' '9.20 g' '9.15 g' '9.17 g' . '9.26 g' '9.29 g' \
  '9.61 y | extra vans during the strike' '9.44 g' '9.38 g'
weeks $plan 2.1 '57.6 g7' '57.9 g7 | June invoices went out late, will catch up' '57.0 g7' '56.1 g7' \
  '55.8 y6 | two large customers pay at month end' '55.0 g7' . '54.4 g6' '54.1 y5 | summer lull in collections' \
  '53.6 y5 | call list for the ten largest is out' '53.4 r3 | will not make 50; 53 is what we can do' \
  '53.2 r3 | the same ten customers' '53 r3 | 5 of 8 days'
weeks $plan 2.2 '421k g7' '415k g7 | quarterly rent' '438k g7' '452k g7' '449k g7' '470k g7' '486k g7' '480k g7 | VAT' \
  '505k g7' '517k g7' '511k y6 | carrier asked for a deposit' '538k g8' '552k d8 | past what we promised the bank'
weeks $plan 3.1 '- g6' '- g6' . '76 g6' '- g6' . '- g6' '79 g6 | partners help; the night shift still loses people' '- g6' . \
  '- g6' '82 g5' '82 r5 | the night shift is what is missing'
weeks $plan 3.2 '- g6' . '- g6' '6.5 g6' '- g6' '- g6' . '6.9 g6 | canteen and shift plan are mentioned most' '- g6' '- g6' \
  . '7.2 g6' '7.2 g6 | survey of 25 September counts'

plan=2026-Q3/finance/plan.md
weeks $plan 1.1 '8 g7 | June closed on the eighth day' . '- g7 | checklist in use' '- g7' '7 g7 | July' '- g7' '- g7' \
  '- g6 | stock is booked each evening now' '6 g7 | August' '- g8' '- g8' '- g8 | dry run took five days' \
  '5 d9 | dry run of the September close'
# The steps of a milestone are ticked when they are done, and the check-ins between say what was ticked.
checkin $plan 1.2 2026-07-10 '- g7 | contract is with legal'
change $plan 2026-07-16 1.2.1 done yes
checkin $plan 1.2 2026-07-17 'steps g7 | signed on Thursday'
checkin $plan 1.2 2026-07-24 'steps g7'
checkin $plan 1.2 2026-07-31 'steps y6 | chart of accounts: sales wants more regions'
change $plan 2026-08-05 1.2.2 done yes
checkin $plan 1.2 2026-08-07 'steps g7 | agreed, five days late'
checkin $plan 1.2 2026-08-14 'steps g7'
change $plan 2026-08-21 1.2.5 done yes
checkin $plan 1.2 2026-08-28 'steps y5 | items of two branches do not add up; vendor looks into it'
checkin $plan 1.2 2026-09-04 'steps y4 | one branch is clean, the other by Wednesday'
change $plan 2026-09-09 1.2.3 done yes
checkin $plan 1.2 2026-09-11 'steps g6 | all items moved, two weeks late'
checkin $plan 1.2 2026-09-18 'steps y4 | bank refuses the first file'
checkin $plan 1.2 2026-09-25 'steps r2 | bank file is refused again; no September close in the new ledger'
checkin $plan 1.2 2026-09-30 'steps r2 | three of four steps; bank file expected in October'
weeks $plan 1.3 '- g6' '24 g6' . '- g6 | reason codes from today' '21 g7' '- g7' . '- g7' '17 g7' '- g6' \
  '- y6 | half of what is left is freight' '- g6' '14 r5 | freight needs the new ledger'
weeks $plan 2.1 '12.4 g6' '13.1 g6' '14.0 g7' '15.8 g7 | mandate on page two since Monday' '17.2 g7' . '18.9 g7' '20.1 g7' \
  '21.7 g7' '22.0 g6 | reps forget the form' '23.4 g6' '24.5 g6' '25.1 g7 | field sales brought 60 forms in September'
weeks $plan 2.2 '91 g6' '88 g6' '85 g6' '86 y6 | price list of July raises questions' '77 g7 | order number is printed' '74 g7' . \
  '70 g7' '68 g7' '66 g7' '65 g7' '61 g7' '59 g7'

plan=2026-Q3/finance/accounts-receivable.md
weeks $plan 1.1 '64.5 g7' '65.8 g7' '65.1 y6 | reminders went out a week late' '67.0 g7 | first reminder run out' '68.9 g7' '70.2 g7' \
  '69.6 g6 | Jonas away, Priya did the calls' '71.4 g7' '72.1 g7' . '73.0 y5 | hotels stretch their terms after the season' \
  '73.8 g6' '74.2 r5 | 10 of 16 points'
weeks $plan 1.2 '3.9 g6' '- c | billing measures the same from the end of the work on; dropped here'
weeks $plan 1.3 '306k g6' '301k g6' '296k g6' '288k g7' '279k g7 | two payment plans signed' '281k g6' '268k g7' '262k g7' . \
  '247k g7' '239k g7' '228k g7' '217k g7 | three quarters; what is left is old'
change $plan 2026-09-25 1.1.1 done yes 1.1.2 done yes 1.3.1 done yes 1.3.2 done yes

plan=2026-Q3/finance/billing.md
weeks $plan 1.1 '4.0 g7' '4.1 g7' '3.9 g7' '3.8 g7' . '3.8 g6' '3.6 g7 | fields are checked since Monday' '3.5 g7' '3.6 g6' \
  '3.4 g6' '3.4 y6 | wrong prices now, not wrong addresses' '3.3 y6 | price master has two owners' '3.3 r4 | 70% of the way, and promised in full'
weeks $plan 1.2 '61 g7' '68 g7 | second pair of eyes' '73 g8' '79 g8' '85 y7 | checker on holiday for a week' \
  '88 r6 | two points short at the date; Ellis keeps counting'
weeks $plan 2.1 '4.9 g7' '4.8 g7' '4.6 g7' '4.7 g6' '4.4 g7 | cut-off on Wednesdays' '4.1 g7' . '3.9 g7' '3.8 g7' '3.7 g7' '3.5 g7' \
  '3.6 g7 | one large job waited for a signature' '3.4 g8'
weeks $plan 2.2 '42 g6' '44 g6' '45 g6' '45 y5 | schedules of 30 customers are missing' '49 g6' '52 g6' '53 g6' '55 g6' '56 g6' \
  . '58 g6' '60 y5 | contracts with minimum amounts cannot be automated yet' '61 r5 | half of the way'
change $plan 2026-09-25 1.1.1 done yes 1.1.2 done yes 1.2.1 done yes 1.2.2 done yes 2.1.1 done yes 2.1.2 done yes 2.2.1 done yes

plan=2026-Q3/finance/accounts-payable.md
weeks $plan 1.1 '91.4 g7' '92.0 g7' '91.8 g7' '93.1 g7' '94.0 g7' '94.6 g7' '95.2 g7' . '95.9 g6' '96.8 g6' '97.1 y6 | foreign transfers take a day more' \
  '97.9 y6 | cut-off of the bank moved to 14:00' '98.2 r4 | 1.8% late, all foreign'
weeks $plan 1.2 '88 g8'
checkin $plan 1.2 2026-07-14 '100 d10 | counted against the inbox by Leila and Henk'
weeks $plan 1.3 '44 g7' '41 g7' '38 g7' '33 g7' '30 g7 | transfers are dated now' '26 g7' '22 g7' '19 g7' '15 g7' '11 g7' '9 g6' '6 y6 | six foreign ones' \
  '4 r4 | four foreign ones, same cause as 1.1'
change $plan 2026-09-25 1.1.1 done yes 1.2.1 done yes 1.2.2 done yes 1.3.1 done yes 1.3.3 done yes

plan=2026-Q3/sales/plan.md
weeks $plan 1.1 '2 g7' '5 g7' '8 g7' '11 g7' '13 g6 | August is slow' '15 g6' '17 y6 | starter boxes sold out' '20 g6 | boxes are back' . '27 g7' \
  '30 g7' '34 g7' '37 g7 | three signed and not delivered yet, not counted'
weeks $plan 1.2 . '35 g6' '36 g6' '35.5 y5 | calls in week three began late' '38 g6' '39 g6' '41 g6' '42 g6' '43.5 g6' '44 g6' '45 g6' '45.5 g6' '46 g7'
weeks $plan 1.3 '5.4 g' '5.5 g' '5.6 g' '5.3 g' '5.7 g' '5.8 g' '5.8 g' '5.9 g | end of season' '5.7 g' . '5.6 g' '5.5 g' '5.6 g'
weeks $plan 2.1 '23.4 g7' '23.6 g7' '23.5 g6' '23.9 g7 | new list for cleaning goods' '24.1 g7' '24.2 g7' . '24.3 g7' \
  '24.7 g7 | new list for packaging' '24.8 g7' '24.7 g7' '25.0 g8' '25.1 d9'
weeks $plan 2.2 '17.2 g7' '15.9 g7 | reasons are asked for since Monday' '14.1 g7' '13.0 g7' '11.4 g7' '10.2 g7' '9.1 g8' '8.2 g8'
checkin $plan 2.2 2026-08-31 '7.8 d9 | most were habit'

plan=2026-Q3/sales/field-sales.md
weeks $plan 1.1 '23 g6' '24 g6' '24.5 g6' '26 g6 | phoning first saves one visit in five' '27 g7' '26 g6' '28 g7' . '29 g7' '30.5 g7' '31 g7' '30 g6' '31.5 g7'
weeks $plan 1.2 '12 g6' '11.5 g6' '11 g6' '11.2 y5 | credit check takes four days' '9 g7 | tablets are out' '8.4 g7' '8 g7' . '7.8 g7' '7.5 g7' '7.1 g7' '7.3 g7' '7 g7'
weeks $plan 1.3 '1 g6' '2 g6' '3 y5 | one rep for the whole coast' '4 y5 | Ruth takes the south from Monday' \
  '7 g6 | decided with Ruth: stays at 24, two reps until September' '10 g6' '15 g7' '18 g7' '20 g7' '23 g8'
checkin $plan 1.3 2026-09-15 '25 d9 | one more than planned'

plan=2026-Q3/operations/plan.md
weeks $plan 1.1 '6.8 g7' '6.9 g7' '6.4 g7' '6.1 g7' '5.8 g7' '5.9 g6' '5.2 g7' . '4.8 g7' '4.4 g7' '4.5 g6' '4.2 g6' '4 g7'
weeks $plan 1.2 '308k g6' '301k g6' '297k g6' '295k y5 | clearing house wants pictures of everything' '290k g6' '288k g6' '279k g6' \
  '262k g7 | work clothes are gone'
change $plan 2026-09-02 1.2 target 'EUR 240,000' 1.2 title 'Cut stock that nobody bought for a year from EUR 310,000 to EUR 240,000'
checkin $plan 1.2 2026-09-04 '261k g6 | maker takes back one pallet of three; Ingrid agreed to 240 on Wednesday'
checkin $plan 1.2 2026-09-11 '257k g6'
checkin $plan 1.2 2026-09-18 '251k g7'
checkin $plan 1.2 2026-09-25 '248k g7'
checkin $plan 1.2 2026-09-30 '244k g7 | 220 would have needed all three pallets'
weeks $plan 2.1 '72 g7' '72.5 g7' '73 g7' '76 g7 | second door in use' '78 g7' '77 y6 | cover in the holidays' '79 y6 | two temps from Monday' \
  '82 g7 | decided: on track, temps stay until October' '83.5 g7' '85 g7' '81 y5 | strike' '85.5 g6' '87 r5 | strike week cost two points'
weeks $plan 2.2 '3.0 g7' '3.1 g7' '2.9 g7' '2.7 g7' . '2.5 g7' '2.4 g7' '2.2 g7' '2.1 g7' '2.0 g7' '1.9 g7' '1.7 g7' '1.5 d8 | reached on the last day'

plan=2026-Q3/operations/warehouse.md
weeks $plan 1.1 '11.8 g7' '11.9 g7' '11.0 g7' '9.6 g7 | scanning the shelf first' '9.1 g7' '8.8 g7' '8.9 g6 | temps' . '8.0 g7' '7.4 g7' '7.1 y6 | labels of aisles 4 to 9 are late' \
  '6.6 y6 | labels arrive on Tuesday' '6.2 r5 | labels came too late'
weeks $plan 1.2 '62 g7' '63 g7' '62.5 g7' '64 g7' '66 g7' '69 g7 | fast items are in front' '70 g7' '70.5 g7' . '72 g7' '73 g7' '74 g8' '75.5 d9'
weeks $plan 1.3 '0 g' '0 g' '1 g' '1 g' '1 g | cut finger, aisle 7' '0 g' '0 g' '0 g' . '0 g' '2 g | sprained ankle' '2 g' '2 g'

plan=2026-Q3/operations/customer-support.md
weeks $plan 1.1 '8.8 g7' '7.5 g7 | one inbox' '7.0 g7' '6.6 g7' '6.1 g7' '6.4 g6' . '5.6 g7' '5.0 g7' '4.6 g7' '4.9 g7' '4.3 g7' '4.1 g8'
weeks $plan 1.2 '61 g6' '62 g6' '61.5 g6' '63 y5 | we cannot see stock' '66 g7 | now we can' '67 g7' '68 g7' '69 g7' . '70 g7' '70.5 g7' '71 g7' '71.5 g7'
weeks $plan 1.3 '138 g6' '131 g6' '133 y5 | June orders come back now' '129 y5 | two people are not enough' \
  '126 r4 | decided: a third person from the warehouse office for six weeks' '112 y5 | Owen is trained' '104 g6' '95 g6 | credit up to EUR 50' \
  '88 g7' '84 g7' '86 g6 | strike' '79 g7' '76 g7'

plan=2026-Q3/people/plan.md
weeks $plan 1.1 '52 g6' '51 g6' '50 g6' '48.5 g6 | answers within two days' '48 g6' . '47 g6' '45 g6' '44 g6' '43 y5 | two drivers said no at the end' '42.5 g6' '42 g6' \
  '41.5 g7'
weeks $plan 1.2 '- g6 | first group starts on 20 July' . '55 g6' '- g6' '58 g6' '- g6' '63 g6 | ten days planned by role' . '66 g6' \
  '- g6' '70 g6' '- g6' '73 g7'
weeks $plan 1.3 '- g6 | swaps are still on paper in two shifts' '- g6' '- g7 | all in the planner' . '- g7' '- g7' '- g8 | three weeks are in' \
  '14 d9 | one shift in seven; more than anybody thought'
