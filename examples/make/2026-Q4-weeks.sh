# shellcheck shell=bash
# The check-ins of 2026-Q4 until 20 November, one argument for each Friday.
# Run by make.sh.

plan=2026-Q4/company.md
change $plan 2026-10-21 1.0.1 done yes
change $plan 2026-10-30 2.0.2 done yes
weeks $plan 1.1 '90.8 g6' '91.2 g6' '90.9 g6 | new drivers of the second carrier' '91.5 g7' '91.9 g7' '92.3 g7' '92.1 g7'
weeks $plan 1.2 '64.2 g6' '64.8 g7' '65.1 g7' '65.0 g6' '65.3 g6' '65.6 g6' \
  '65.4 y5 | a competitor gives 15% until Christmas; Carlos answers with the starter box'
weeks $plan 1.3 '9.36 g' '9.41 g' '9.38 g' . '9.44 g' '9.47 g | fuel' '9.43 g'
weeks $plan 2.1 '52.8 g7' '52.1 g7' '51.6 g7 | six of ten customers have terms now' '51.9 y6 | hotels stretch again' '51.2 g6' '50.6 g6' '50.2 g6'
weeks $plan 2.2 '559k g7' '571k g7' '566k y6 | deposit for the second carrier' '583k g7' '604k g7' '622k g8 | hotel group paid a part' '641k g8'
weeks $plan 3.1 '- g6' '- g6' '- g6' '84 g6' '- g6' . '- g6 | next count on 27 November'
weeks $plan 3.2 '- g6' . '- g6' '7.4 g6 | shift plan is still what people write about' '- g6' '- g6' '- g6'

plan=2026-Q4/finance/plan.md
checkin $plan 1.1 2026-10-09 '- g6 | file went to the bank on Tuesday'
checkin $plan 1.1 2026-10-16 'steps y5 | bank wants a second signature in the file'
change $plan 2026-10-21 1.1.1 done yes
checkin $plan 1.1 2026-10-23 'steps g7 | file goes through'
checkin $plan 1.1 2026-10-30 'steps g7'
checkin $plan 1.1 2026-11-06 'steps g7 | October runs in both ledgers'
change $plan 2026-11-12 1.1.2 done yes
checkin $plan 1.1 2026-11-13 'steps g8 | no difference'
checkin $plan 1.1 2026-11-20 'steps g8'
weeks $plan 1.2 '- g6' '13 g6 | September' '- g6' '- g6 | freight is booked from the delivery note' '- g6' '11 g7 | October' '- g7'
weeks $plan 2.1 '25.8 g7' '26.4 g7' '27.0 g7' '27.1 g6' '27.9 g7' . '28.6 g7'
weeks $plan 2.2 '58 g6' '57 g6' '60 y5 | autumn price list' '56 g6' '54 g6' '53 g6' '51 g7'

plan=2026-Q4/finance/accounts-receivable.md
weeks $plan 1.1 '74.5 g6' '74.9 g6' '75.4 g6' '75.1 y5 | Priya in training, fewer calls' '75.8 g6' '76.3 g7' '76.6 g7'
weeks $plan 1.2 '215200 g6' '209800 g7 | two payment plans signed' '211400 y6 | a hotel group pays nothing until its audit is over' '204100 g6'
# The ledger writes a line into this file each Friday; from November on the check-ins read it from there.
cat >exports/ageing.csv <<'END'
Friday,Open,Overdue,Over 30 days,Accounts over 30 days
2026-10-09,1412300,402800,215200,61
2026-10-16,1398700,391500,209800,58
2026-10-23,1437900,396200,211400,59
2026-10-30,1405200,388900,204100,55
END
echo 2026-11-06,1391600,376400,197300,52 >>exports/ageing.csv
on 2026-11-06 checkin $plan 1.2 --from-source --status green --confidence 7
echo 2026-11-13,1420800,371000,193900,50 >>exports/ageing.csv
on 2026-11-13 checkin $plan 1.2 --from-source --status green --confidence 7
echo 2026-11-20,1388400,362700,190600,48 >>exports/ageing.csv
on 2026-11-20 checkin $plan 1.2 --from-source --status green --confidence 7 --note 'hotel group pays half on Monday'

plan=2026-Q4/finance/billing.md
weeks $plan 1.1 '3.3 g6' '3.25 g7' '3.3 y6 | autumn price list: two wrong lines on every page' '3.2 y6 | Sales owns the price master from Monday' \
  '3.2 g6 | decided: on track, one owner of prices now' '3.15 g7' '3.1 g7'
weeks $plan 1.2 '88 g7' '88.5 g7' '89 g7' '89.2 g7' '89.6 g7' '90.5 d9 | two days before its date'
weeks $plan 2.1 '3.4 g6' '3.3 g7' '3.35 g6' '3.3 g7' '3.2 g7' '3.25 g7' '3.2 g7'
weeks $plan 2.2 '61 g6' '62 g6' '64 g6 | minimum amounts can be automated after all' '66 g7' '69 g7' '70.5 g8' '73 g8'
change $plan 2026-11-13 1.1.1 done yes 1.2.1 done yes

plan=2026-Q4/finance/accounts-payable.md
weeks $plan 1.1 '98.3 g7' '98.6 g7 | foreign transfers go a day earlier' '98.5 g6' '98.9 g7' '99.0 g7' '99.2 g7' '99.3 g7'
weeks $plan 1.2 '4 g6' '3 g7' '3 g6' '2 g7' . '1 g7' '2 y6 | one came back from the bank, wrong account number'

plan=2026-Q4/sales/plan.md
weeks $plan 1.1 '3 g6' '5 y4 | two reps are out until December'
change $plan 2026-10-20 1.1 target 50 1.1 title 'Win 50 new accounts with a first order'
checkin $plan 1.1 2026-10-23 '9 g6 | 50 since Tuesday, agreed with Ingrid: four reps, not six'
checkin $plan 1.1 2026-10-30 '13 g7'
checkin $plan 1.1 2026-11-06 '16 g7'
checkin $plan 1.1 2026-11-13 '20 g7'
checkin $plan 1.1 2026-11-20 '24 g7 | eleven of them kitchens'
weeks $plan 1.2 '46 g6' '46.5 g6' '46.2 g6' '47.1 g6' '46.8 y5 | nobody calls in week three' '48.0 g6 | Pieter has two mornings a week for it' \
  '48.3 g6 | he is through half of the list'
change $plan 2026-11-20 1.1.1 done yes 2.2.1 done yes
weeks $plan 1.3 '5.6 g' '5.7 g' '5.9 g' '6.1 y | one large kitchen, agreed by Carlos' '5.9 g' '5.8 g' '5.7 g'
weeks $plan 2.1 '31.5 g6' '32 g6' '34 g6' . '36 g7 | one list for all ranges helps' '37.5 g7' '39 g7'
weeks $plan 2.2 '85.5k g6' '88k g6' '90.2k g6' '91k g6' '94.5k g6' '96k g6' '98.4k g7'

plan=2026-Q4/sales/field-sales.md
# More hopeful than the numbers, and without a word on why.
weeks $plan 1.1 '31.8 g7' '32.6 g7' '32.1 g7' '32.4 g7' '31.9 g7' '32.5 g7' '32.4 g7'
weeks $plan 1.2 '6.9 g7' '6.8 g7' '6.6 g7' '6.7 y5 | tablets lose the network in the valleys' '6.2 g7' '5.9 g7' '5.8 g7'
weeks $plan 1.3 '1 g6' '3 g6' '5 g6' '8 g7' '10 g7' '12 g7' '13 g7'

plan=2026-Q4/operations/plan.md
weeks $plan 1.1 '3.9 g7' '3.7 g7' '3.8 g6' '3.5 g7' '3.4 g7' '3.1 g8' '3.2 g7'
weeks $plan 1.2 '243k g6' '240k g6' '241k y5 | maker does not answer' '236k g6 | two pallets went back' '235k g5' '233k g5 | third pallet is refused' \
  '232k y4 | clearing house wants no cleaning goods; Hugo asks two others'
weeks $plan 2.1 '87.5 g7' '88.2 g7' '88.9 g7' '89.4 g7' '90.1 g7' '90.0 g6' '90.6 g7'
weeks $plan 2.2 '1.5 g7' '1.45 g7' '1.4 g7' '1.4 y6 | wrong house numbers in new accounts' '1.3 g7' '1.25 g7' '1.2 g7'
change $plan 2026-11-03 1.2.1 done yes 2.2.1 done yes

plan=2026-Q4/operations/warehouse.md
# Two yellows in a row: the next one has to be green or red.
weeks $plan 1.1 '6.0 g7' '5.9 g7' '5.6 g7 | labels of aisles 4 to 9 are up' '5.3 g7' '5.1 g7' '5.3 y6 | temps for Christmas' \
  '5.2 y6 | temps scan without looking; Mei pairs them up on Monday'
weeks $plan 1.2 '0 g' '0 g' '1 g | twisted knee' '1 g' '1 g' . '0 g'
weeks $plan 1.3 '75.8 g6' '76.4 g6' '77 g7' '77.4 g7' '76.9 g6 | temps' '77.6 g6' '78.2 g6'
change $plan 2026-10-23 1.1.1 done yes

plan=2026-Q4/operations/customer-support.md
weeks $plan 1.1 '4.0 g7' '3.8 g7' '3.7 g7' '3.5 g7 | from seven in the morning on' '3.4 g7' '3.3 g7' .
weeks $plan 1.2 '72 g6' '72.8 g7' '72.5 g6' '74.1 g7' '75.2 g7' '75.8 g8' '76.5 g8'
weeks $plan 1.3 '74 g7' '71 g6' '73 y5 | parcels of the second carrier arrive wet' '75 y4 | same carrier; we ask for photos' \
  '77 r3 | decided: off track. Anna talks to the carrier, orders inland go with the old one' \
  '71 r3 | first week without wet parcels' '68 r4 | 20 a week are settled, 17 come in'

plan=2026-Q4/people/plan.md
weeks $plan 1.1 '41.5 g6' '42 g6' '41 g6 | trial days work for drivers' '40.5 g6' '40.8 g6' '40.1 g6' '40.3 y5 | no candidate for the night shift'
weeks $plan 1.2 '- g6' '74 g6' '- g6' '75 g6' '75 p | nobody starts before January; goes on then'
weeks $plan 1.3 '13.8 g6' '13.5 g6' '13.2 g6' '12.1 g6 | wishes first' '11.8 g7' '10.9 g7' '10.2 g7'
weeks $plan 2.1 '18.5 g6' '17.8 g6' '15 g7 | with the weekly run' '13.5 g7' '12.8 g7' '11.4 g8' '11 g8'
weeks $plan 2.2 '71 g6' '70 g6' '73 g6' '72 g6' . '73.5 g6' '75 g6 | page with examples is half written'

for plan in company finance/plan finance/accounts-receivable finance/billing finance/accounts-payable sales/plan \
  sales/field-sales operations/plan operations/warehouse operations/customer-support people/plan; do
  on 2026-11-20 fmt 2026-Q4/$plan.md
done
