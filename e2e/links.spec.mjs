/** Links: what a page says of itself stands under the message, the browser asks only its own server, and all are in a list. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { act, general, message, open, post, say } from './talk.mjs';

/** A PNG of one colour would be too small to be shown; this is 64 × 64, made by hand. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAiZElEQVR42g3P5yIyDACA0e8GXqmMBpJES6hkVUZpqIt4foUotGVkNY2sMtriPj/nDs5//4L0BREE6Q8iDCIKIg4yEGQwyFCQ4SCSINIgsiDyICNBRoOMBVEEGQ+iDDIRRBVkMog6yFSQ6SCaINoguiD6IIYgM0GMQWaDzAWZD2IKYg5iCbIQxBpkMchSkOUgK0FWg9iC2IM4gqwFWQ+yEWQziDOIK8hWEHcQTxBvEF+Q7SD+IIEg//3boW8HwQ79Owh3EO0g3mFgh8EdhnYY3kGyg3QH2Q7yHUZ2GN1hbAfFDuM7KHeY2EG1w+QO6h2mdpjeQbODdgfdDvodDDvM7GDcYXaHuR3mdzDtYN7BssPCDtYdFndY2mF5h5UdVnew7WDfwbHD2g7rO2zssLmDcwfXDls7uHfw7ODdwbfD9g7+HQI7f4Fd+nYR7NK/i3AX0S7iXQZ2GdxlaJfhXSS7SHeR7SLfZWSX0V3GdlHsMr6LcpeJXVS7TO6i3mVql+ldNLtod9Htot/FsMvMLsZdZneZ22V+F9Mu5l0suyzsYt1lcZelXZZ3WdlldRfbLvZdHLus7bK+y8Yum7s4d3HtsrWLexfPLt5dfLts7+LfJbD7F9ijbw/BHv17CPcQ7SHeY2CPwT2G9hjeQ7KHdA/ZHvI9RvYY3WNsD8Ue43so95jYQ7XH5B7qPab2mN5Ds4d2D90e+j0Me8zsYdxjdo+5Peb3MO1h3sOyx8Ie1j0W91jaY3mPlT1W97DtYd/DscfaHut7bOyxuYdzD9ceW3u49/Ds4d3Dt8f2Hv49Ant/gRB9IQQh+kMIQ4hCiEMMhBgMMRRiOIQkhDSELIQ8xEiI0RBjIRQhxkMoQ0yEUIWYDKEOMRViOoQmhDaELoQ+hCHETAhjiNkQcyHmQ5hCmENYQiyEsIZYDLEUYjnESojVELYQ9hCOEGsh1kNshNgM4QzhCrEVwh3CE8IbwhdiO4Q/RCD0F9inbx/BPv37CPcR7SPeZ2CfwX2G9hneR7KPdB/ZPvJ9RvYZ3WdsH8U+4/so95nYR7XP5D7qfab2md5Hs492H90++n0M+8zsY9xndp+5feb3Me1j3seyz8I+1n0W91naZ3mflX1W97HtY9/Hsc/aPuv7bOyzuY9zH9c+W/u49/Hs493Ht8/2Pv59Avt/gQP6DhAc0H+A8ADRAeIDBg4YPGDogOEDJAdID5AdID9g5IDRA8YOUBwwfoDygIkDVAdMHqA+YOqA6QM0B2gP0B2gP8BwwMwBxgNmD5g7YP4A0wHmAywHLBxgPWDxgKUDlg9YOWD1ANsB9gMcB6wdsH7AxgGbBzgPcB2wdYD7AM8B3gN8B2wf4D8gcPAXCNMXRhCmP4wwjCiMOMxAmMEwQ2GGw0jCSMPIwsjDjIQZDTMWRhFmPIwyzEQYVZjJMOowU2Gmw2jCaMPowujDGMLMhDGGmQ0zF2Y+jCmMOYwlzEIYa5jFMEthlsOshFkNYwtjD+MIsxZmPcxGmM0wzjCuMFth3GE8YbxhfGG2w/jDBMJ/gQh9EQQR+iMII4giiCMMRBiMMBRhOIIkgjSCLII8wkiE0QhjERQRxiMoI0xEUEWYjKCOMBVhOoImgjaCLoI+giHCTARjhNkIcxHmI5gimCNYIixEsEZYjLAUYTnCSoTVCLYI9giOCGsR1iNsRNiM4IzgirAVwR3BE8EbwRdhO4I/QiDyFzik7xDBIf2HCA8RHSI+ZOCQwUOGDhk+RHKI9BDZIfJDRg4ZPWTsEMUh44coD5k4RHXI5CHqQ6YOmT5Ec4j2EN0h+kMMh8wcYjxk9pC5Q+YPMR1iPsRyyMIh1kMWD1k6ZPmQlUNWD7EdYj/EccjaIeuHbByyeYjzENchW4e4D/Ec4j3Ed8j2If5DAod/gSP6jhAc0X+E8AjREeIjBo4YPGLoiOEjJEdIj5AdIT9i5IjRI8aOUBwxfoTyiIkjVEdMHqE+YuqI6SM0R2iP0B2hP8JwxMwRxiNmj5g7Yv4I0xHmIyxHLBxhPWLxiKUjlo9YOWL1CNsR9iMcR6wdsX7ExhGbRziPcB2xdYT7CM8R3iN8R2wf4T8icPQXOKbvGMEx/ccIjxEdIz5m4JjBY4aOGT5Gcoz0GNkx8mNGjhk9ZuwYxTHjxyiPmThGdczkMepjpo6ZPkZzjPYY3TH6YwzHzBxjPGb2mLlj5o8xHWM+xnLMwjHWYxaPWTpm+ZiVY1aPsR1jP8ZxzNox68dsHLN5jPMY1zFbx7iP8RzjPcZ3zPYx/mMCx3+BKH1RBFH6owijiKKIowxEGYwyFGU4iiSKNIosijzKSJTRKGNRFFHGoyijTERRRZmMoo4yFWU6iiaKNoouij6KIcpMFGOU2ShzUeajmKKYo1iiLESxRlmMshRlOcpKlNUotij2KI4oa1HWo2xE2YzijOKKshXFHcUTxRvFF2U7ij9KIPoXiNEXQxCjP4YwhiiGOMZAjMEYQzGGY0hiSGPIYshjjMQYjTEWQxFjPIYyxkQMVYzJGOoYUzGmY2hiaGPoYuhjGGLMxDDGmI0xF2M+himGOYYlxkIMa4zFGEsxlmOsxFiNYYthj+GIsRZjPcZGjM0YzhiuGFsx3DE8MbwxfDG2Y/hjBGJ/gTh9cQRx+uMI44jiiOMMxBmMMxRnOI4kjjSOLI48zkic0ThjcRRxxuMo40zEUcWZjKOOMxVnOo4mjjaOLo4+jiHOTBxjnNk4c3Hm45jimONY4izEscZZjLMUZznOSpzVOLY49jiOOGtx1uNsxNmM44zjirMVxx3HE8cbxxdnO44/TiD+F0jQl0CQoD+BMIEogTjBQILBBEMJhhNIEkgTyBLIE4wkGE0wlkCRYDyBMsFEAlWCyQTqBFMJphNoEmgT6BLoExgSzCQwJphNMJdgPoEpgTmBJcFCAmuCxQRLCZYTrCRYTWBLYE/gSLCWYD3BRoLNBM4ErgRbCdwJPAm8CXwJthP4EwQSf4EkfUkESfqTCJOIkoiTDCQZTDKUZDiJJIk0iSyJPMlIktEkY0kUScaTKJNMJFElmUyiTjKVZDqJJok2iS6JPokhyUwSY5LZJHNJ5pOYkpiTWJIsJLEmWUyylGQ5yUqS1SS2JPYkjiRrSdaTbCTZTOJM4kqylcSdxJPEm8SXZDuJP0kg+RdI0ZdCkKI/hTCFKIU4xUCKwRRDKYZTSFJIU8hSyFOMpBhNMZZCkWI8hTLFRApViskU6hRTKaZTaFJoU+hS6FMYUsykMKaYTTGXYj6FKYU5hSXFQgprisUUSymWU6ykWE1hS2FP4UixlmI9xUaKzRTOFK4UWyncKTwpvCl8KbZT+FMEUn+BNH1pBGn60wjTiNKI0wykGUwzlGY4jSSNNI0sjTzNSJrRNGNpFGnG0yjTTKRRpZlMo04zlWY6jSaNNo0ujT6NIc1MGmOa2TRzaebTmNKY01jSLKSxpllMs5RmOc1KmtU0tjT2NI40a2nW02yk2UzjTONKs5XGncaTxpvGl2Y7jT9NIP0XOKHvBMEJ/ScITxCdID5h4ITBE4ZOGD5BcoL0BNkJ8hNGThg9YewExQnjJyhPmDhBdcLkCeoTpk6YPkFzgvYE3Qn6EwwnzJxgPGH2hLkT5k8wnWA+wXLCwgnWExZPWDph+YSVE1ZPsJ1gP8FxwtoJ6ydsnLB5gvME1wlbJ7hP8JzgPcF3wvYJ/hMCJ3+BDH0ZBBn6MwgziDKIMwxkGMwwlGE4gySDNIMsgzzDSIbRDGMZFBnGMygzTGRQZZjMoM4wlWE6gyaDNoMugz6DIcNMBmOG2QxzGeYzmDKYM1gyLGSwZljMsJRhOcNKhtUMtgz2DI4MaxnWM2xk2MzgzODKsJXBncGTwZvBl2E7gz9DIPMXOKXvFMEp/acITxGdIj5l4JTBU4ZOGT5Fcor0FNkp8lNGThk9ZewUxSnjpyhPmThFdcrkKepTpk6ZPkVzivYU3Sn6UwynzJxiPGX2lLlT5k8xnWI+xXLKwinWUxZPWTpl+ZSVU1ZPsZ1iP8Vxytop66dsnLJ5ivMU1ylbp7hP8ZziPcV3yvYp/lMCp3+BM/rOEJzRf4bwDNEZ4jMGzhg8Y+iM4TMkZ0jPkJ0hP2PkjNEzxs5QnDF+hvKMiTNUZ0yeoT5j6ozpMzRnaM/QnaE/w3DGzBnGM2bPmDtj/gzTGeYzLGcsnGE9Y/GMpTOWz1g5Y/UM2xn2MxxnrJ2xfsbGGZtnOM9wnbF1hvsMzxneM3xnbJ/hPyNw9hc4p+8cwTn95wjPEZ0jPmfgnMFzhs4ZPkdyjvQc2Tnyc0bOGT1n7BzFOePnKM+ZOEd1zuQ56nOmzpk+R3OO9hzdOfpzDOfMnGM8Z/acuXPmzzGdYz7Hcs7COdZzFs9ZOmf5nJVzVs+xnWM/x3HO2jnr52ycs3mO8xzXOVvnuM/xnOM9x3fO9jn+cwLnf4EL+i4QXNB/gfAC0QXiCwYuGLxg6ILhCyQXSC+QXSC/YOSC0QvGLlBcMH6B8oKJC1QXTF6gvmDqgukLNBdoL9BdoL/AcMHMBcYLZi+Yu2D+AtMF5gssFyxcYL1g8YKlC5YvWLlg9QLbBfYLHBesXbB+wcYFmxc4L3BdsHWB+wLPBd4LfBdsX+C/IHDxF8jSl0WQpT+LMIsoizjLQJbBLENZhrNIskizyLLIs4xkGc0ylkWRZTyLMstEFlWWySzqLFNZprNosmiz6LLosxiyzGQxZpnNMpdlPospizmLJctCFmuWxSxLWZazrGRZzWLLYs/iyLKWZT3LRpbNLM4srixbWdxZPFm8WXxZtrP4swSyf4FL+i4RXNJ/ifAS0SXiSwYuGbxk6JLhSySXSC+RXSK/ZOSS0UvGLlFcMn6J8pKJS1SXTF6ivmTqkulLNJdoL9Fdor/EcMnMJcZLZi+Zu2T+EtMl5ksslyxcYr1k8ZKlS5YvWblk9RLbJfZLHJesXbJ+ycYlm5c4L3FdsnWJ+xLPJd5LfJdsX+K/JHD5F7ii7wrBFf1XCK8QXSG+YuCKwSuGrhi+QnKF9ArZFfIrRq4YvWLsCsUV41cor5i4QnXF5BXqK6aumL5Cc4X2Ct0V+isMV8xcYbxi9oq5K+avMF1hvsJyxcIV1isWr1i6YvmKlStWr7BdYb/CccXaFetXbFyxeYXzCtcVW1e4r/Bc4b3Cd8X2Ff4rAld/gWv6rhFc03+N8BrRNeJrBq4ZvGbomuFrJNdIr5FdI79m5JrRa8auUVwzfo3ymolrVNdMXqO+Zuqa6Ws012iv0V2jv8Zwzcw1xmtmr5m7Zv4a0zXmayzXLFxjvWbxmqVrlq9ZuWb1Gts19msc16xds37NxjWb1zivcV2zdY37Gs813mt812xf478mcP0XuKHvBsEN/TcIbxDdIL5h4IbBG4ZuGL5BcoP0BtkN8htGbhi9YewGxQ3jNyhvmLhBdcPkDeobpm6YvkFzg/YG3Q36Gww3zNxgvGH2hrkb5m8w3WC+wXLDwg3WGxZvWLph+YaVG1ZvsN1gv8Fxw9oN6zds3LB5g/MG1w1bN7hv8NzgvcF3w/YN/hsCN3+BW/puEdzSf4vwFtEt4lsGbhm8ZeiW4Vskt0hvkd0iv2XkltFbxm5R3DJ+i/KWiVtUt0zeor5l6pbpWzS3aG/R3aK/xXDLzC3GW2Zvmbtl/hbTLeZbLLcs3GK9ZfGWpVuWb1m5ZfUW2y32Wxy3rN2yfsvGLZu3OG9x3bJ1i/sWzy3eW3y3bN/ivyVw+xfI0ZdDkKM/hzCHKIc4x0COwRxDOYZzSHJIc8hyyHOM5BjNMZZDkWM8hzLHRA5Vjskc6hxTOaZzaHJoc+hy6HMYcszkMOaYzTGXYz6HKYc5hyXHQg5rjsUcSzmWc6zkWM1hy2HP4cixlmM9x0aOzRzOHK4cWzncOTw5vDl8ObZz+HMEcn+BPH15BHn68wjziPKI8wzkGcwzlGc4jySPNI8sjzzPSJ7RPGN5FHnG8yjzTORR5ZnMo84zlWc6jyaPNo8ujz6PIc9MHmOe2TxzeebzmPKY81jyLOSx5lnMs5RnOc9KntU8tjz2PI48a3nW82zk2czjzOPKs5XHnceTx5vHl2c7jz9PIP8XKNBXQFCgv4CwgKiAuMBAgcECQwWGC0gKSAvICsgLjBQYLTBWQFFgvICywEQBVYHJAuoCUwWmC2gKaAvoCugLGArMFDAWmC0wV2C+gKmAuYClwEIBa4HFAksFlgusFFgtYCtgL+AosFZgvcBGgc0CzgKuAlsF3AU8BbwFfAW2C/gLBAp/gSJ9RQRF+osIi4iKiIsMFBksMlRkuIikiLSIrIi8yEiR0SJjRRRFxosoi0wUURWZLKIuMlVkuoimiLaIroi+iKHITBFjkdkic0Xmi5iKmItYiiwUsRZZLLJUZLnISpHVIrYi9iKOImtF1otsFNks4iziKrJVxF3EU8RbxFdku4i/SKD4FyjRV0JQor+EsISohLjEQInBEkMlhktISkhLyErIS4yUGC0xVkJRYryEssRECVWJyRLqElMlpktoSmhL6EroSxhKzJQwlpgtMVdivoSphLmEpcRCCWuJxRJLJZZLrJRYLWErYS/hKLFWYr3ERonNEs4SrhJbJdwlPCW8JXwltkv4SwRKf4EyfWUEZfrLCMuIyojLDJQZLDNUZriMpIy0jKyMvMxImdEyY2UUZcbLKMtMlFGVmSyjLjNVZrqMpoy2jK6MvoyhzEwZY5nZMnNl5suYypjLWMoslLGWWSyzVGa5zEqZ1TK2MvYyjjJrZdbLbJTZLOMs4yqzVcZdxlPGW8ZXZruMv0yg/Be4o+8OwR39dwjvEN0hvmPgjsE7hu4YvkNyh/QO2R3yO0buGL1j7A7FHeN3KO+YuEN1x+Qd6jum7pi+Q3OH9g7dHfo7DHfM3GG8Y/aOuTvm7zDdYb7DcsfCHdY7Fu9YumP5jpU7Vu+w3WG/w3HH2h3rd2zcsXmH8w7XHVt3uO/w3OG9w3fH9h3+OwJ3f4F7+u4R3NN/j/Ae0T3iewbuGbxn6J7heyT3SO+R3SO/Z+Se0XvG7lHcM36P8p6Je1T3TN6jvmfqnul7NPdo79Hdo7/HcM/MPcZ7Zu+Zu2f+HtM95nss9yzcY71n8Z6le5bvWbln9R7bPfZ7HPes3bN+z8Y9m/c473Hds3WP+x7PPd57fPds3+O/J3D/F3ig7wHBA/0PCB8QPSB+YOCBwQeGHhh+QPKA9AHZA/IHRh4YfWDsAcUD4w8oH5h4QPXA5APqB6YemH5A84D2Ad0D+gcMD8w8YHxg9oG5B+YfMD1gfsDywMID1gcWH1h6YPmBlQdWH7A9YH/A8cDaA+sPbDyw+YDzAdcDWw+4H/A84H3A98D2A/4HAg9/gUf6HhE80v+I8BHRI+JHBh4ZfGTokeFHJI9IH5E9In9k5JHRR8YeUTwy/ojykYlHVI9MPqJ+ZOqR6Uc0j2gf0T2if8TwyMwjxkdmH5l7ZP4R0yPmRyyPLDxifWTxkaVHlh9ZeWT1Edsj9kccj6w9sv7IxiObjzgfcT2y9Yj7Ec8j3kd8j2w/4n8k8PgXqNBXQVChv4KwgqiCuMJAhcEKQxWGK0gqSCvIKsgrjFQYrTBWQVFhvIKywkQFVYXJCuoKUxWmK2gqaCvoKugrGCrMVDBWmK0wV2G+gqmCuYKlwkIFa4XFCksVliusVFitYKtgr+CosFZhvcJGhc0KzgquClsV3BU8FbwVfBW2K/grBCp/gSf6nhA80f+E8AnRE+InBp4YfGLoieEnJE9In5A9IX9i5InRJ8aeUDwx/oTyiYknVE9MPqF+YuqJ6Sc0T2if0D2hf8LwxMwTxidmn5h7Yv4J0xPmJyxPLDxhfWLxiaUnlp9YeWL1CdsT9iccT6w9sf7ExhObTzifcD2x9YT7Cc8T3id8T2w/4X8i8PQXeKbvGcEz/c8InxE9I35m4JnBZ4aeGX5G8oz0Gdkz8mdGnhl9ZuwZxTPjzyifmXhG9czkM+pnpp6ZfkbzjPYZ3TP6ZwzPzDxjfGb2mbln5p8xPWN+xvLMwjPWZxafWXpm+ZmVZ1afsT1jf8bxzNoz689sPLP5jPMZ1zNbz7if8Tzjfcb3zPYz/mcCz3+BF/peELzQ/4LwBdEL4hcGXhh8YeiF4RckL0hfkL0gf2HkhdEXxl5QvDD+gvKFiRdUL0y+oH5h6oXpFzQvaF/QvaB/wfDCzAvGF2ZfmHth/gXTC+YXLC8svGB9YfGFpReWX1h5YfUF2wv2FxwvrL2w/sLGC5svOF9wvbD1gvsFzwveF3wvbL/gfyHw8hd4pe8VwSv9rwhfEb0ifmXglcFXhl4ZfkXyivQV2SvyV0ZeGX1l7BXFK+OvKF+ZeEX1yuQr6lemXpl+RfOK9hXdK/pXDK/MvGJ8ZfaVuVfmXzG9Yn7F8srCK9ZXFl9ZemX5lZVXVl+xvWJ/xfHK2ivrr2y8svmK8xXXK1uvuF/xvOJ9xffK9iv+VwKvf4E3+t4QvNH/hvAN0RviNwbeGHxj6I3hNyRvSN+QvSF/Y+SN0TfG3lC8Mf6G8o2JN1RvTL6hfmPqjek3NG9o39C9oX/D8MbMG8Y3Zt+Ye2P+DdMb5jcsbyy8YX1j8Y2lN5bfWHlj9Q3bG/Y3HG+svbH+xsYbm28433C9sfWG+w3PG943fG9sv+F/I/D2F6jSV0VQpb+KsIqoirjKQJXBKkNVhqtIqkiryKrIq4xUGa0yVkVRZbyKsspEFVWVySrqKlNVpqtoqmir6KroqxiqzFQxVpmtMldlvoqpirmKpcpCFWuVxSpLVZarrFRZrWKrYq/iqLJWZb3KRpXNKs4qripbVdxVPFW8VXxVtqv4qwSqf4EafTUENfprCGuIaohrDNQYrDFUY7iGpIa0hqyGvMZIjdEaYzUUNcZrKGtM1FDVmKyhrjFVY7qGpoa2hq6GvoahxkwNY43ZGnM15muYaphrWGos1LDWWKyxVGO5xkqN1Rq2GvYajhprNdZrbNTYrOGs4aqxVcNdw1PDW8NXY7uGv0ag9hd4p+8dwTv97wjfEb0jfmfgncF3ht4ZfkfyjvQd2Tvyd0beGX1n7B3FO+PvKN+ZeEf1zuQ76nem3pl+R/OO9h3dO/p3DO/MvGN8Z/aduXfm3zG9Y37H8s7CO9Z3Ft9Zemf5nZV3Vt+xvWN/x/HO2jvr72y8s/mO8x3XO1vvuN/xvON9x/fO9jv+dwLvf4EP+j4QfND/gfAD0QfiDwY+GPxg6IPhDyQfSD+QfSD/YOSD0Q/GPlB8MP6B8oOJD1QfTH6g/mDqg+kPNB9oP9B9oP/A8MHMB8YPZj+Y+2D+A9MH5g8sHyx8YP1g8YOlD5Y/WPlg9QPbB/YPHB+sfbD+wcYHmx84P3B9sPWB+wPPB94PfB9sf+D/IPDxF/ik7xPBJ/2fCD8RfSL+ZOCTwU+GPhn+RPKJ9BPZJ/JPRj4Z/WTsE8Un458oP5n4RPXJ5CfqT6Y+mf5E84n2E90n+k8Mn8x8Yvxk9pO5T+Y/MX1i/sTyycIn1k8WP1n6ZPmTlU9WP7F9Yv/E8cnaJ+ufbHyy+YnzE9cnW5+4P/F84v3E98n2J/5PAp9/gS/6vhB80f+F8AvRF+IvBr4Y/GLoi+EvJF9Iv5B9If9i5IvRL8a+UHwx/oXyi4kvVF9MfqH+YuqL6S80X2i/0H2h/8LwxcwXxi9mv5j7Yv4L0xfmLyxfLHxh/WLxi6Uvlr9Y+WL1C9sX9i8cX6x9sf7FxhebXzi/cH2x9YX7C88X3i98X2x/4f8i8PUXqNNXR1Cnv46wjqiOuM5AncE6Q3WG60jqSOvI6sjrjNQZrTNWR1FnvI6yzkQdVZ3JOuo6U3Wm62jqaOvo6ujrGOrM1DHWma0zV2e+jqmOuY6lzkIda53FOkt1luus1FmtY6tjr+Oos1Znvc5Gnc06zjquOlt13HU8dbx1fHW26/jrBOp/gQZ9DQQN+hsIG4gaiBsMNBhsMNRguIGkgbSBrIG8wUiD0QZjDRQNxhsoG0w0UDWYbKBuMNVguoGmgbaBroG+gaHBTANjg9kGcw3mG5gamBtYGiw0sDZYbLDUYLnBSoPVBrYG9gaOBmsN1htsNNhs4GzgarDVwN3A08DbwNdgu4G/QaDxF2jS10TQpL+JsImoibjJQJPBJkNNhptImkibyJrIm4w0GW0y1kTRZLyJsslEE1WTySbqJlNNpptommib6JromxiazDQxNpltMtdkvompibmJpclCE2uTxSZLTZabrDRZbWJrYm/iaLLWZL3JRpPNJs4mriZbTdxNPE28TXxNtpv4mwSaf4EWfS0ELfpbCFuIWohbDLQYbDHUYriFpIW0hayFvMVIi9EWYy0ULcZbKFtMtFC1mGyhbjHVYrqFpoW2ha6FvoWhxUwLY4vZFnMt5luYWphbWFostLC2WGyx1GK5xUqL1Ra2FvYWjhZrLdZbbLTYbOFs4Wqx1cLdwtPC28LXYruFv0Wg9Rdo09dG0Ka/jbCNqI24zUCbwTZDbYbbSNpI28jayNuMtBltM9ZG0Wa8jbLNRBtVm8k26jZTbabbaNpo2+ja6NsY2sy0MbaZbTPXZr6NqY25jaXNQhtrm8U2S22W26y0WW1ja2Nv42iz1ma9zUabzTbONq42W23cbTxtvG18bbbb+NsE2n+BDn0dBB36Owg7iDqIOwx0GOww1GG4g6SDtIOsg7zDSIfRDmMdFB3GOyg7THRQdZjsoO4w1WG6g6aDtoOug76DocNMB2OH2Q5zHeY7mDqYO1g6LHSwdljssNRhucNKh9UOtg72Do4Oax3WO2x02Ozg7ODqsNXB3cHTwdvB12G7g79DoPMX6NLXRdClv4uwi6iLuMtAl8EuQ12Gu0i6SLvIusi7jHQZ7TLWRdFlvIuyy0QXVZfJLuouU12mu2i6aLvouui7GLrMdDF2me0y12W+i6mLuYuly0IXa5fFLktdlrusdFntYuti7+LostZlvctGl80uzi6uLltd3F08XbxdfF22u/i7BLp/gW/6vhF80/+N8BvRN+JvBr4Z/Gbom+FvJN9Iv5F9I/9m5JvRb8a+UXwz/o3ym4lvVN9MfqP+Zuqb6W8032i/0X2j/8bwzcw3xm9mv5n7Zv4b0zfmbyzfLHxj/Wbxm6Vvlr9Z+Wb1G9s39m8c36x9s/7Nxjeb3zi/cX2z9Y37G8833m9832x/4/8m8P0X6NHXQ9Cjv4ewh6iHuMdAj8EeQz2Ge0h6SHvIesh7jPQY7THWQ9FjvIeyx0QPVY/JHuoeUz2me2h6aHvoeuh7GHrM9DD2mO0x12O+h6mHuYelx0IPa4/FHks9lnus9FjtYeth7+HosdZjvcdGj80ezh6uHls93D08Pbw9fD22e/h7BHp/gR/6fhD80P+D8AfRD+IfBn4Y/GHoh+EfJD9If5D9IP9h5IfRH8Z+UPww/oPyh4kfVD9M/qD+YeqH6R80P2h/0P2g/8Hww8wPxh9mf5j7Yf4H0w/mHyw/LPxg/WHxh6Ufln9Y+WH1B9sP9h8cP6z9sP7Dxg+bPzh/cP2w9YP7B88P3h98P2z/4P8h8PMX+KXvF8Ev/b8IfxH9Iv5l4JfBX4Z+Gf5F8ov0F9kv8l9Gfhn9ZewXxS/jvyh/mfhF9cvkL+pfpn6Z/kXzi/YX3S/6Xwy/zPxi/GX2l7lf5n8x/WL+xfLLwi/WXxZ/Wfpl+ZeVX1Z/sf1i/8Xxy9ov679s/LL5i/MX1y9bv7h/8fzi/cX3y/Yv/l8Cv/wP6Y0hAITmjgwAAAAASUVORK5CYII=',
  'base64',
);

/** The rest of the world. */
async function openWorld(t) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === '/boat.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    if (request.url === '/plain') return response.writeHead(200, { 'content-type': 'text/plain' }).end('no page');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<title>${request.url}</title><meta property="og:title" content="The tides of ${request.url.slice(1)} <img src=x onerror=alert(1)>">
      <meta property="og:site_name" content="River watch"><meta property="og:image" content="/boat.png">
      <meta property="og:description" content="When the water comes, and when it goes: every day of the year, for the pier, the mill and the old harbour.">`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const host = `127.0.0.1:${server.address().port}`;
  return { asked, host, url: `http://${host}` };
}

test('links', async (t) => {
  const world = await openWorld(t);
  const house = await openHouse(t, { ANTIPHON_OUTBOUND_ALLOWED: world.host });
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await Promise.all([open(ada, channel), open(bob, channel)]);
  const card = (person, name) => message(person.page, name).getByRole('group', { name: 'Link previews' });

  await t.test('get a card under them, for everybody, without moving the end out of sight', async () => {
    await say(ada.page, `Low water at three: ${world.url}/thames`);
    for (const person of [ada, bob]) await card(person, 'Low water').getByText('The tides of thames').waitFor();
    await card(bob, 'Low water').getByText('River watch').waitFor();
    const end = () => bob.page.getByRole('feed').evaluate((feed) => Math.round(feed.scrollHeight - feed.scrollTop - feed.clientHeight));
    await eventually(async () => (await end()) <= 40, 'the end is in sight');
    await eventually(() => card(bob, 'Low water').locator('img').evaluate((img) => img.naturalWidth === 64), 'the picture is there');
    assert.equal(world.asked.filter((path) => path === '/thames').length, 1, 'the server asked once, the browsers never');
    await ada.inspect('link-card');
  });

  await t.test('a card that comes late leaves what one reads where it is', async () => {
    for (let n = 1; n <= 30; n += 1) await post(ada, channel, `Line ${n} of a long day.`);
    await message(bob.page, 'Line 30 of').waitFor();
    await bob.page.getByRole('feed').hover();
    await bob.page.mouse.wheel(0, -600);
    const line = message(bob.page, 'Line 12 of');
    await line.waitFor();
    await bob.page.waitForTimeout(700);
    const before = (await line.boundingBox()).y;
    await post(ada, channel, `Later: ${world.url}/severn`);
    await eventually(() => world.asked.includes('/severn'), '/severn was asked');
    await bob.page.waitForTimeout(1_500);
    assert.ok(Math.abs((await line.boundingBox()).y - before) <= 1, 'it did not move');
  });

  await t.test('nothing in code, behind a veil, or of another kind gets one', async () => {
    await post(ada, channel, `Nothing here: \`${world.url}/code\` ||[veiled](${world.url}/veiled)|| ${world.url}/plain`);
    await eventually(() => world.asked.includes('/plain'), '/plain was asked');
    assert.ok(!world.asked.includes('/code') && !world.asked.includes('/veiled'));
    assert.equal(await card(ada, 'Nothing here').count(), 0);
  });

  await t.test('the card is taken away by who wrote the message, and stays away', async () => {
    await open(bob, channel);
    await say(ada.page, `Not so nice: ${world.url}/avon`);
    await card(bob, 'Not so nice').waitFor();
    assert.equal(await card(bob, 'Not so nice').getByRole('button').count(), 0, 'not by others');
    await card(ada, 'Not so nice').hover();
    await card(ada, 'Not so nice').getByRole('button', { name: /Remove the preview of The tides of avon/ }).click();
    await card(bob, 'Not so nice').waitFor({ state: 'detached' });
    await open(ada, channel);
    await message(ada.page, 'Not so nice').waitFor();
    await ada.page.waitForTimeout(300);
    assert.equal(await card(ada, 'Not so nice').count(), 0);
  });

  await t.test('all are in the list of files, with who, when and what', async () => {
    await bob.page.getByRole('link', { name: 'Files', exact: true }).click();
    await bob.page.getByRole('link', { name: 'Links', exact: true }).click();
    const row = bob.page.getByRole('listitem').filter({ hasText: 'The tides of thames' });
    await row.waitFor();
    await row.getByText(/Ada Lovelace · .* · River watch/).waitFor();
    await bob.inspect('links');
    await row.getByRole('link', { name: 'To the message' }).click();
    await message(bob.page, 'Low water').waitFor();
  });

  await t.test('low data leaves cards out until one is asked for', async () => {
    const slow = await bob.newDevice();
    await slow.goto('/settings/appearance');
    await slow.page.getByRole('radio', { name: /^Low/ }).check();
    await open(slow, channel);
    await post(ada, channel, `For the slow: ${world.url}/tamar`);
    const row = message(slow.page, 'For the slow');
    await row.hover();
    await row.getByRole('button', { name: 'Show the link preview' }).click();
    await card(slow, 'For the slow').getByText('The tides of tamar').waitFor();
  });

  await t.test('one person, and then everybody, can do without', async () => {
    await bob.goto('/settings/appearance');
    await bob.page.getByRole('switch', { name: /Show previews of links/ }).click();
    await bob.page.getByText('Saved', { exact: true }).waitFor();
    await bob.inspect('link-settings');
    await open(bob, channel);
    await message(bob.page, 'For the slow').waitFor();
    await card(ada, 'For the slow').waitFor();
    assert.equal(await card(bob, 'For the slow').count(), 0);
    await ada.goto('/settings/workspace');
    await ada.page.getByRole('switch', { name: /Make previews of links/ }).click();
    await ada.page.getByText('Saved', { exact: true }).waitFor();
    const n_asked = world.asked.length;
    await open(ada, channel);
    await say(ada.page, `Nobody asks: ${world.url}/wye`);
    await message(ada.page, 'Nobody asks').waitFor();
    await ada.page.waitForTimeout(2_500);
    assert.equal(world.asked.length, n_asked);
    assert.equal(await card(ada, 'For the slow').count(), 0);
    await ada.goto('/settings/workspace');
    await ada.page.getByRole('switch', { name: /Make previews of links/ }).click();
    await ada.page.getByText('Saved', { exact: true }).waitFor();
  });

  await t.test('a card goes with its message', async () => {
    await open(ada, channel);
    await say(ada.page, `Soon gone: ${world.url}/exe`);
    await card(ada, 'Soon gone').waitFor();
    await act(ada.page, message(ada.page, 'Soon gone'), 'Delete');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await ada.page.getByText('The tides of exe').waitFor({ state: 'detached' });
  });
});
